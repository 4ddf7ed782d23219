package org.actsandbox.scenarios;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.engine.TargetServer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.index.CandidateComponentsIndex;
import org.springframework.context.index.CandidateComponentsIndexLoader;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * Starts one real sandbox for all scenario tests of the JVM; every test with a parameter {@link
 * ScenarioTestWorld} gets a world of its own. Maven runs each class for itself, in one session of
 * JUnit's launcher: only what is kept for the session outlives a class.
 */
public final class SandboxExtension implements ParameterResolver {

  private static final String PROJECT = "org.actsandbox";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == ScenarioTestWorld.class
        || type == TargetServer.class
        || type == Worlds.class
        || type == JdbcTemplate.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var started =
        context
            .getStore(
                ExtensionContext.StoreScope.LAUNCHER_SESSION,
                ExtensionContext.Namespace.create(SandboxExtension.class))
            .computeIfAbsent(Started.class, _ -> Started.start(), Started.class);
    var type = parameter.getParameter().getType();
    if (type == JdbcTemplate.class) {
      return started.context().getBean(JdbcTemplate.class);
    }
    if (type == Worlds.class) {
      return started.context().getBean(Worlds.class);
    }
    return type == TargetServer.class
        ? new TargetServer(started.origin(), null, started.outbound())
        : ScenarioTestWorld.open(started.origin(), started.outbound());
  }

  /** The application without the console: only the sandbox and its participants. */
  @SpringBootApplication(scanBasePackages = PROJECT)
  static class HeadlessSandbox {

    /** Servers of one process would share their threads, which the close of one would end. */
    @Bean
    ReactorResourceFactory ownThreads() {
      var threads = new ReactorResourceFactory();
      threads.setUseGlobalResources(false);
      threads.setShutdownQuietPeriod(Duration.ZERO);
      return threads;
    }
  }

  record Started(
      ConfigurableApplicationContext context, URI origin, PooledOutboundClient outbound, Path data)
      implements AutoCloseable {

    /** The components of the project, which the servers of this process find here. */
    private static final CandidateComponentsIndex COMPONENTS = components();

    /**
     * Looks for the components once per process: to read every class of the project for them takes
     * half of a server's start.
     */
    private static CandidateComponentsIndex components() {
      var index = new CandidateComponentsIndex();
      CandidateComponentsIndexLoader.addIndex(SandboxExtension.class.getClassLoader(), index);
      new ClassPathScanningCandidateComponentProvider(true).findCandidateComponents(PROJECT);
      return index;
    }

    /**
     * Writes the components into a folder for the class path of another process, which then does
     * not look for them itself.
     */
    static void writeComponents(Path folder) throws IOException {
      var stereotypes = new Properties();
      for (var stereotype : COMPONENTS.getRegisteredStereotypes()) {
        COMPONENTS
            .getCandidateTypes(PROJECT, stereotype)
            .forEach(type -> stereotypes.merge(type, stereotype, (one, more) -> one + "," + more));
      }
      var file = folder.resolve(CandidateComponentsIndexLoader.COMPONENTS_RESOURCE_LOCATION);
      Files.createDirectories(file.getParent());
      try (var out = Files.newBufferedWriter(file)) {
        stereotypes.store(out, null);
      }
    }

    static Started start() {
      try {
        // The tests of one process may make more worlds than the setting's default.
        return start(Files.createTempDirectory("act-scenarios"), "--act.max-worlds=100000");
      } catch (IOException noFolder) {
        throw new IllegalStateException("no temporary folder for the sandbox", noFolder);
      }
    }

    static Started start(Path data, String... more) {
      var application = new SpringApplication(HeadlessSandbox.class);
      // Signatures cover addresses: only journals of one port can be compared between two builds.
      var port = Integer.getInteger("act.scenarios.port", 0);
      var arguments = new ArrayList<>(List.of("--act.data=" + data, "--act.port=" + port));
      arguments.addAll(List.of(more));
      var context = application.run(arguments.toArray(String[]::new));
      var origin =
          "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port");
      return new Started(
          context,
          URI.create(origin),
          new PooledOutboundClient(uri -> "localhost".equals(uri.getHost())),
          data);
    }

    @Override
    public void close() {
      outbound.close();
      context.close();
      // Work that was under way at the stop may still write a file, such as H2's trace.
      await()
          .atMost(Duration.ofSeconds(5))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> !Files.exists(data) || FileSystemUtils.deleteRecursively(data));
    }
  }
}
