package org.actsandbox.sandbox.wiring;

import java.time.Clock;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.proxy.Proxies;
import org.actsandbox.sandbox.world.ServerAddresses;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The few things that exist once per server: machine clock, JSON, threads, outbound calls. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SandboxSettings.class)
public class SandboxConfiguration {

  @Bean
  Clock machine() {
    return Clock.systemUTC();
  }

  /**
   * For what the framework reads and writes: answers, and orders to the control API. Those are
   * ours, so a field nobody knows is a slip of the pen, and ignored it would be a surprise.
   * Messages of the protocol are read elsewhere and may have more than we know.
   */
  @Bean
  JsonMapper jsonMapper() {
    return Json.mapper()
        .rebuild()
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  /**
   * Where reactive code goes to wait: a virtual thread per piece of work. Not an executor service:
   * that one would interrupt a piece of work whose caller hung up, in the middle of the database.
   */
  @Bean(destroyMethod = "dispose", defaultCandidate = false)
  public Scheduler waitingScheduler() {
    var threads = Thread.ofVirtual().name("waiting-", 0).factory();
    return Schedulers.fromExecutor(work -> threads.newThread(work).start());
  }

  @Bean(destroyMethod = "close")
  OutboundClient outbound(ServerAddresses serverAddresses, ObjectProvider<Proxies> proxies) {
    return new PooledOutboundClient(
        target -> serverAddresses.mayCall(target) || proxies.getObject().isOwn(target));
  }
}
