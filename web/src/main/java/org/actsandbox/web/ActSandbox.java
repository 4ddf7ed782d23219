package org.actsandbox.web;

import org.actsandbox.web.cli.Cli;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application people start. */
@SpringBootApplication(scanBasePackages = "org.actsandbox")
public class ActSandbox {

  public static void main(String[] args) {
    Cli.main(args);
  }
}
