package org.actsandbox.web;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** The application: its configuration is every component below {@code org.actsandbox}. */
@SpringBootApplication(
    scanBasePackages = "org.actsandbox",
    nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class ActSandbox {}
