package org.actsandbox.merchants.toy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.merchants.endpoint.Merchant;
import org.actsandbox.merchants.endpoint.MerchantEndpoints;
import org.actsandbox.participant.Transactions;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.ErrorBody;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the merchants' endpoints on a real server with a real database file, and a payment service
 * beside them.
 */
public final class ToyServer implements AutoCloseable {

  private final ConfigurableApplicationContext context;
  private final Path database;

  private ToyServer(ConfigurableApplicationContext context, Path database) {
    this.context = context;
    this.database = database;
  }

  public static ToyServer start(Path folder) {
    return startOn(folder.resolve("toy"));
  }

  private static ToyServer startOn(Path database) {
    var context =
        new SpringApplicationBuilder(Config.class)
            .web(WebApplicationType.REACTIVE)
            .properties(
                Map.of(
                    "server.port", "0",
                    "server.address", "127.0.0.1",
                    // As in the sandbox: a header that is too long for a proof still arrives.
                    "server.max-http-request-header-size", "24KB",
                    "spring.main.banner-mode", "off",
                    "spring.threads.virtual.enabled", "true",
                    "logging.level.root", "warn",
                    "spring.datasource.url",
                        "jdbc:h2:file:%s;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;WRITE_DELAY=0"
                            .formatted(database)))
            .run();
    return new ToyServer(context, database);
  }

  /** Opens the same database again, as a restart would; the test stays in one process. */
  public ToyServer restart() {
    close();
    return startOn(database);
  }

  public int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  JdbcClient jdbc() {
    return context.getBean(JdbcClient.class);
  }

  Transactions transactions() {
    return new Transactions(
        new TransactionTemplate(context.getBean(PlatformTransactionManager.class)));
  }

  void add(ToyWorld world) {
    context.getBean(Worlds.class).byName.put(world.name(), world);
  }

  @Override
  public void close() {
    context.close();
  }

  static final class Worlds {

    private final Map<String, ToyWorld> byName = new ConcurrentHashMap<>();

    ToyWorld get(String name) {
      var world = byName.get(name);
      if (world == null) {
        throw new IllegalStateException("no world " + name);
      }
      return world;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({MerchantEndpoints.class, ToyPspEndpoints.class, Advice.class})
  static class Config implements WebFluxConfigurer {

    private final Worlds worlds = new Worlds();

    @Bean
    Worlds worlds() {
      return worlds;
    }

    @Bean
    JsonMapper jsonMapper() {
      return Json.mapper();
    }

    /**
     * Gives the server event loops of its own, so that stopping it does not stop those of another
     * server.
     */
    @Bean
    ReactorResourceFactory reactorResources() {
      var resources = new ReactorResourceFactory();
      resources.setUseGlobalResources(false);
      resources.setShutdownQuietPeriod(Duration.ZERO);
      return resources;
    }

    @Override
    public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
      configurer.addCustomResolver(new Arguments(worlds));
    }
  }

  /**
   * Does the work of the sandbox's edge: finds the merchant, reads the key and refuses other
   * callers.
   */
  private record Arguments(Worlds worlds) implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == Merchant.class
          || parameter.getParameterType() == Caller.class
          || parameter.getParameterType() == ToyPsp.class;
    }

    @Override
    public Mono<Object> resolveArgument(
        MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
      var path = exchange.getRequest().getPath().value().split("/", -1);
      var world = worlds.get(path[2]);
      if (parameter.getParameterType() == Caller.class) {
        var caller = caller(exchange.getRequest().getHeaders().getFirst("Authorization"));
        var only = parameter.getParameterAnnotation(AllowedRoles.class);
        return Mono.fromSupplier(() -> only == null ? caller : caller.require(only.value()));
      }
      return Mono.just(
          parameter.getParameterType() == ToyPsp.class
              ? world.psp()
              : world.merchants().get(path[4]));
    }

    private static Caller caller(@Nullable String key) {
      if (key == null) {
        return Caller.ANONYMOUS;
      }
      var name = key.substring("Bearer ".length());
      return switch (name) {
        case "agent" -> new Caller(Role.AGENT, ToyWorld.AGENT);
        case "other-agent" -> new Caller(Role.AGENT, Did.of(name));
        default -> new Caller(Role.MERCHANT, Did.of(name));
      };
    }
  }

  @RestControllerAdvice
  static class Advice {

    @ExceptionHandler
    ResponseEntity<ErrorBody.Envelope> refused(Refusal refusal) {
      return ResponseEntity.status(refusal.problem().status())
          .body(ErrorBody.of(refusal).enveloped());
    }
  }
}
