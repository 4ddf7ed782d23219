package org.actsandbox.sandbox;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;

/** The sandbox without a console, as tests start it. */
@SpringBootApplication(scanBasePackages = "org.actsandbox")
public class TestSandbox {

  /** Several servers run in one test process; closing one must not take the others' threads. */
  @Bean
  ReactorResourceFactory ownThreads() {
    var threads = new ReactorResourceFactory();
    threads.setUseGlobalResources(false);
    return threads;
  }
}
