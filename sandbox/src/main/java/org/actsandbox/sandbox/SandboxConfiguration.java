package org.actsandbox.sandbox;

import java.time.Clock;
import java.util.concurrent.Executors;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.http.PooledOutbound;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.world.Addresses;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** The few things that exist once per server: machine clock, JSON, threads, outbound calls. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Settings.class)
class SandboxConfiguration {

  @Bean
  Clock machine() {
    return Clock.systemUTC();
  }

  @Bean
  JsonMapper jsonMapper() {
    return Json.mapper();
  }

  /** Where reactive code goes to wait: a virtual thread per piece of work. */
  @Bean(destroyMethod = "dispose", defaultCandidate = false)
  Scheduler waitingScheduler() {
    return Schedulers.fromExecutorService(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("waiting-", 0).factory()));
  }

  @Bean(destroyMethod = "close")
  Outbound outbound(Addresses addresses) {
    return new PooledOutbound(addresses::mayCall);
  }
}
