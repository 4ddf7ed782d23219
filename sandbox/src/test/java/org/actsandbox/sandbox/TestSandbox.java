package org.actsandbox.sandbox;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The sandbox without a console, as tests start it. */
@SpringBootApplication(scanBasePackages = "org.actsandbox")
public class TestSandbox {}
