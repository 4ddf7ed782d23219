package org.actsandbox.sandbox;

import java.time.Duration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;

/** Configures the sandbox without the console for tests. */
@SpringBootApplication(scanBasePackages = "org.actsandbox")
public class TestSandbox {

  /**
   * Gives each server its own threads, because several servers run in one test process, and closing
   * one must not stop the others.
   */
  @Bean
  ReactorResourceFactory ownThreads() {
    var threads = new ReactorResourceFactory();
    threads.setUseGlobalResources(false);
    threads.setShutdownQuietPeriod(Duration.ZERO);
    return threads;
  }

  @Bean
  static LostRaces lostRaces() {
    return new LostRaces();
  }
}
