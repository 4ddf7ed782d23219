package org.actsandbox.web;

import org.actsandbox.web.cli.Cli;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** Starts the application: the sandbox with its console, and its command line. */
// Beans are named by their full class names, so that two packages may use the same simple name.
@SpringBootApplication(
    scanBasePackages = "org.actsandbox",
    nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class ActSandbox {

  public static void main(String[] args) {
    Cli.main(args);
  }
}
