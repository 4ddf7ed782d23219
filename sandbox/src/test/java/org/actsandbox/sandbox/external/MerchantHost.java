package org.actsandbox.sandbox.external;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.actsandbox.merchants.DepositRules;
import org.actsandbox.merchants.GateRules;
import org.actsandbox.merchants.MerchantIdentity;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantWorld;
import org.actsandbox.merchants.VerticalFactory;
import org.actsandbox.merchants.endpoint.Merchant;
import org.actsandbox.merchants.endpoint.MerchantEndpoints;
import org.actsandbox.merchants.endpoint.Merchants;
import org.actsandbox.merchants.hotel.HotelVertical;
import org.actsandbox.merchants.service.ServiceVertical;
import org.actsandbox.merchants.shop.ShopVertical;
import org.actsandbox.merchants.train.TrainVertical;
import org.actsandbox.participant.ParticipantContext;
import org.actsandbox.participant.Transactions;
import org.actsandbox.protocol.attestation.AttestationEvent;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.ErrorBody;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.world.World;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.config.BlockingExecutionConfigurer;
import org.springframework.web.reactive.config.DelegatingWebFluxConfiguration;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * Runs merchants outside the sandbox, on a server and a database of their own, with the engine of
 * the mock merchants. Of their world they know what {@code env} says, and what comes over HTTP.
 */
public final class MerchantHost implements AutoCloseable {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Duration HOLD = Duration.ofMinutes(15);

  private static final Map<MerchantKind, VerticalFactory> VERTICALS =
      Map.of(
          MerchantKind.TRAIN, TrainVertical.factory(),
          MerchantKind.HOTEL, HotelVertical::open,
          MerchantKind.SHOP, ShopVertical::open,
          MerchantKind.SERVICE, ServiceVertical::open);

  private final Map<String, HostedMerchant> merchants = new ConcurrentHashMap<>();
  private final PooledOutboundClient outbound = new PooledOutboundClient(_ -> true);

  /** Completes for an order when the record of its delivery is deposited. */
  private final Map<String, CompletableFuture<String>> deposited = new ConcurrentHashMap<>();

  private final HttpClient client = HttpClient.newHttpClient();
  private final JdbcConnectionPool database;
  private final AnnotationConfigApplicationContext context;
  private final DisposableServer server;

  /** Represents a merchant, with the time that its world told it last. */
  private record HostedMerchant(
      Merchants merchants, List<DueWork> work, AtomicReference<Instant> now) {

    /** Takes the world's time from a request, and does what is due by it. */
    synchronized Merchant at(Optional<Instant> told) {
      told.ifPresent(now::set);
      for (var next = earliest(); next.isPresent(); next = earliest()) {
        next.get().fireDue(now.get());
      }
      return merchants.all().iterator().next();
    }

    private Optional<DueWork> earliest() {
      return work.stream()
          .filter(due -> due.nextDue().filter(at -> !at.isAfter(now.get())).isPresent())
          .min(Comparator.comparing(due -> due.nextDue().orElseThrow()));
    }
  }

  private MerchantHost() {
    database =
        JdbcConnectionPool.create(
            "jdbc:h2:mem:host-%s;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1"
                .formatted(UUID.randomUUID()),
            "",
            "");
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:db/migration")
        .outOfOrder(true)
        .load()
        .migrate();
    context = new AnnotationConfigApplicationContext();
    context.register(Web.class);
    context.registerBean(WebFluxConfigurer.class, () -> new Codecs(this));
    context.registerBean(WebExceptionHandler.class, () -> MerchantHost::refused);
    context.refresh();
    server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(
                new ReactorHttpHandlerAdapter(
                    WebHttpHandlerBuilder.applicationContext(context).build()))
            .bindNow();
  }

  public static MerchantHost start() {
    return new MerchantHost();
  }

  /** Returns the address of a merchant, which need not be there yet. */
  public String address(String world, String id) {
    return "http://127.0.0.1:%d/w/%s/merchants/%s".formatted(server.port(), world, id);
  }

  /**
   * Lets a merchant sell.
   *
   * @param env the {@code env} that the sandbox answered when the merchant was added
   */
  public void open(String env, MerchantKind kind, String name) {
    var settings = StarterShop.settings(env);
    var profile =
        new MerchantProfile(
            settings.getOrDefault("ACT_ID", ""),
            Text.untranslated(name),
            Text.untranslated("Sells outside of the sandbox."),
            kind,
            false,
            HOLD);
    var now = new AtomicReference<>(Instant.EPOCH);
    var opened =
        Merchants.open(
            _ -> world(settings, kind, now),
            _ ->
                new MerchantIdentity(
                    URI.create(settings.getOrDefault("ACT_URL", "")),
                    () -> settings.getOrDefault("ACT_ROLE_KEY", "")),
            VERTICALS,
            List.of(profile));
    merchants.put(
        settings.getOrDefault("ACT_URL", ""), new HostedMerchant(opened, opened.dueWork(), now));
  }

  /** Lets a merchant answer nothing any more. */
  public void shut(String world, String id) {
    Optional.ofNullable(merchants.remove(address(world, id))).orElseThrow().merchants().close();
  }

  /** Waits until the record of the delivery of an order is deposited. */
  public void awaitDelivered(String orderNo) {
    deposited
        .computeIfAbsent(orderNo, _ -> new CompletableFuture<>())
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  private MerchantWorld world(
      Map<String, String> settings, MerchantKind kind, AtomicReference<Instant> now) {
    var records = new DepositedRecords(settings, now::get, kind.hasOffers());
    return new MerchantWorld(
        new ParticipantContext(
            settings.getOrDefault("ACT_WORLD", ""),
            new Did(settings.getOrDefault("ACT_DID", "")),
            now::get,
            ZONE,
            JdbcClient.create(database),
            new Transactions(new TransactionTemplate(new DataSourceTransactionManager(database))),
            prefix -> prefix + "-" + UUID.randomUUID().toString().substring(0, 18),
            Journal.SILENT,
            _ -> {},
            signer(settings),
            signer -> key(settings.getOrDefault("ACT_WORLD", ""), signer),
            records::send,
            false,
            records),
        42,
        new MerchantWorld.PspLink(
            new Did(settings.getOrDefault("ACT_PSP_DID", "")),
            URI.create(settings.getOrDefault("ACT_PSP", ""))),
        new MerchantWorld.CreditLink(
            World.CREDIT_VERIFIER,
            URI.create(settings.getOrDefault("ACT_WORLD", "") + "/credit-verifier"),
            DepositRules.STANDARD),
        GateRules.of(true),
        1_000);
  }

  /** Finds a public key in the DID document of its owner. */
  private Optional<VerificationKey> key(String world, String signer) {
    var did = signer.split("#", 2)[0];
    var answer = send(HttpRequest.newBuilder(URI.create(world + "/dids/" + did)));
    if (answer.statusCode() != 200) {
      return Optional.empty();
    }
    var keys = Json.object();
    var list = keys.putArray("keys");
    Json.parse(answer.body())
        .path("verificationMethod")
        .forEach(method -> list.add(method.path("publicKeyJwk")));
    return KeySet.parse(Json.write(keys)).find(signer);
  }

  private HostedMerchant hosted(String path) {
    return merchants.entrySet().stream()
        .filter(each -> path.startsWith(URI.create(each.getKey()).getPath() + "/"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new Refusal(Problem.NOT_FOUND, "no merchant at " + path));
  }

  private static Mono<Void> refused(ServerWebExchange exchange, Throwable thrown) {
    if (!(thrown instanceof Refusal refusal)) {
      return Mono.error(thrown);
    }
    var response = exchange.getResponse();
    response.setStatusCode(HttpStatus.valueOf(refusal.problem().status()));
    response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
    var body = Json.write(ErrorBody.of(refusal).enveloped()).getBytes(StandardCharsets.UTF_8);
    return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
  }

  /** Deposits the records of a merchant at the trust service, each under an id of its event. */
  private final class DepositedRecords implements Attestations {

    private final Map<String, String> settings;
    private final InstantSource clock;

    /** A service has no carts, so the sandbox knows no orders that it could have records of. */
    private final boolean hasCarts;

    private final Map<String, OffChainRecord> made = new ConcurrentHashMap<>();

    private DepositedRecords(Map<String, String> settings, InstantSource clock, boolean hasCarts) {
      this.hasCarts = hasCarts;
      this.settings = settings;
      this.clock = clock;
    }

    /**
     * Makes a record. It is deposited when the sandbox knows the order, which is after the answer
     * to the cart, and the confirmation of the delivery.
     */
    @Override
    public void report(AttestationEvent event) {
      boolean isCart = event.type() == EventType.CART_CONFIRMED;
      var id = id(isCart ? "cart" : "delivery", String.valueOf(event.links().orderNo()));
      made.computeIfAbsent(id, _ -> record(id, event));
    }

    private String id(String event, String orderNo) {
      return settings.getOrDefault("ACT_ID", "") + "." + event + "." + orderNo;
    }

    /** Passes calls to the payment service on, and learns which deliveries are confirmed. */
    OutboundClient.Answer send(OutboundClient.Call call) {
      var answer = outbound.send(call);
      if (hasCarts && call.target().getPath().endsWith("/psp/fulfilments") && answer.isSuccess()) {
        var order = Json.parse(call.body()).path("out_trade_no").asString();
        deposit(Optional.ofNullable(made.get(id("cart", order))).orElseThrow());
        deposit(Optional.ofNullable(made.get(id("delivery", order))).orElseThrow());
        deposited.computeIfAbsent(order, _ -> new CompletableFuture<>()).complete(order);
      }
      return answer;
    }

    private void deposit(OffChainRecord record) {
      var answer =
          MerchantHost.this.send(
              HttpRequest.newBuilder(
                      URI.create(settings.getOrDefault("ACT_WORLD", "") + "/trust/records"))
                  .header("Authorization", "Bearer " + settings.getOrDefault("ACT_ROLE_KEY", ""))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(Json.write(record))));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private OffChainRecord record(String id, AttestationEvent event) {
      var salt = new byte[OffChainRecord.MIN_SALT_BYTES];
      new SecureRandom().nextBytes(salt);
      return OffChainRecord.of(
          event,
          new OffChainRecord.Creation(id, clock.instant(), List.of(), salt, HashAlgorithm.SHA_256),
          signer(settings));
    }

    @Override
    public List<String> recordsOf(Did holder, RecordLinks links) {
      return made.values().stream()
          .filter(each -> links.orderNo() != null && links.orderNo().equals(each.orderNo()))
          .map(OffChainRecord::recordId)
          .sorted()
          .toList();
    }

    @Override
    public Optional<Did> provider() {
      return Optional.of(Did.of("sandbox-trust"));
    }
  }

  /** Returns the signer of a merchant with these settings. */
  public static Signer signer(String env) {
    return signer(StarterShop.settings(env));
  }

  private static Signer signer(Map<String, String> settings) {
    return new Ed25519KeyPair(
        settings.getOrDefault("ACT_KEY_ID", ""),
        Base64.getUrlDecoder().decode(settings.getOrDefault("ACT_KEY", "")));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    merchants.values().forEach(each -> each.merchants().close());
    server.disposeNow();
    context.close();
    client.shutdownNow();
    outbound.close();
    // Without this the database in memory would stay until the process ends.
    JdbcClient.create(database).sql("shutdown").update();
    database.dispose();
  }

  @Import({DelegatingWebFluxConfiguration.class, MerchantEndpoints.class})
  static final class Web {}

  private record Codecs(MerchantHost host) implements WebFluxConfigurer {

    @Override
    public void configureHttpMessageCodecs(ServerCodecConfigurer configurer) {
      configurer.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(Json.mapper()));
    }

    @Override
    public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
      configurer.addCustomResolver(new Arguments(host));
    }

    @Override
    public void configureBlockingExecution(BlockingExecutionConfigurer configurer) {
      configurer
          .setExecutor(new TaskExecutorAdapter(Executors.newVirtualThreadPerTaskExecutor()))
          .setControllerMethodPredicate(_ -> true);
    }
  }

  /** Finds the merchant by its address; who calls is what the sandbox says of it. */
  private record Arguments(MerchantHost host) implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == Merchant.class
          || parameter.getParameterType() == Caller.class;
    }

    @Override
    public Mono<Object> resolveArgument(
        MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
      var headers = exchange.getRequest().getHeaders();
      if (parameter.getParameterType() == Caller.class) {
        var sender = headers.getFirst("Act-Sender");
        return Mono.just(
            sender == null ? Caller.ANONYMOUS : new Caller(Role.AGENT, new Did(sender)));
      }
      var told = Optional.ofNullable(headers.getFirst("Act-Time")).map(Instant::parse);
      var path = exchange.getRequest().getPath().value() + "/";
      return Mono.<Object>fromCallable(() -> host.hosted(path).at(told))
          .subscribeOn(Schedulers.boundedElastic());
    }
  }
}
