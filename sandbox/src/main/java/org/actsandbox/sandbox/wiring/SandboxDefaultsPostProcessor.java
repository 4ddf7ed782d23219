package org.actsandbox.sandbox.wiring;

import java.io.IOException;
import org.actsandbox.sandbox.journal.MaskedMessage;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * Adds {@code sandbox-defaults.properties} below every other source of configuration, so that an
 * application on top of this module may have its own {@code application.yml}. It also installs the
 * masking of the log, which is opened next.
 */
final class SandboxDefaultsPostProcessor implements EnvironmentPostProcessor {

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    MaskedMessage.install();
    try {
      environment
          .getPropertySources()
          .addLast(
              new ResourcePropertySource(
                  "sandbox defaults", new ClassPathResource("sandbox-defaults.properties")));
    } catch (IOException unreadable) {
      throw new IllegalStateException("sandbox-defaults.properties is not readable", unreadable);
    }
  }
}
