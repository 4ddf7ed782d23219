package org.actsandbox.web;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** Configures the application: every component below {@code org.actsandbox} is part of it. */
// Beans are named by their full class names, so that two packages may use the same simple name.
@SpringBootApplication(
    scanBasePackages = "org.actsandbox",
    nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class ActSandbox {}
