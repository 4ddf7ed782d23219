package org.actsandbox.web;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application people start. */
@SpringBootApplication(scanBasePackages = "org.actsandbox")
public class ActSandbox {

  private ActSandbox() {}

  public static void main(String[] args) {
    SpringApplication.run(ActSandbox.class, args);
  }
}
