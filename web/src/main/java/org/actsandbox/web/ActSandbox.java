package org.actsandbox.web;

import org.actsandbox.web.cli.Cli;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** The application people start. */
// Features name their classes without asking each other: two AgentEndpoints are no conflict.
@SpringBootApplication(
    scanBasePackages = "org.actsandbox",
    nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class ActSandbox {

  public static void main(String[] args) {
    Cli.main(args);
  }
}
