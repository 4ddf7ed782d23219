package org.actsandbox.sandbox.wiring;

import java.time.Clock;
import org.actsandbox.participant.Transactions;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.database.NodeIdentity;
import org.actsandbox.sandbox.node.NodeCalls;
import org.actsandbox.sandbox.proxy.Proxies;
import org.actsandbox.sandbox.world.ServerAddresses;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creates the services that exist once per server: machine clock, JSON, threads, outbound calls.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SandboxSettings.class)
public class SandboxConfiguration {

  @Bean
  Clock machine() {
    return Clock.systemUTC();
  }

  /** Makes the mapper with which the framework writes answers. */
  @Bean
  JsonMapper jsonMapper() {
    return Json.mapper();
  }

  /**
   * Makes the scheduler on which reactive code waits: a virtual thread per task. It is not an
   * executor service, because that would interrupt a task in the middle of a database access when
   * its caller disconnects.
   */
  @Bean(destroyMethod = "dispose", defaultCandidate = false)
  public Scheduler waitingScheduler() {
    var threads = Thread.ofVirtual().name("waiting-", 0).factory();
    return Schedulers.fromExecutor(work -> threads.newThread(work).start());
  }

  @Bean
  Transactions transactions(TransactionOperations spring) {
    return new Transactions(spring);
  }

  @Bean(destroyMethod = "close")
  OutboundClient outbound(
      ServerAddresses serverAddresses,
      ObjectProvider<Proxies> proxies,
      NodeIdentity node,
      NodeCalls calls) {
    var client =
        new PooledOutboundClient(
            target -> serverAddresses.mayCall(target) || proxies.getObject().isOwn(target));
    return node.isOneOfSeveral() ? new NodeRoute(client, serverAddresses, calls) : client;
  }
}
