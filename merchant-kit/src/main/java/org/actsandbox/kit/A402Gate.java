package org.actsandbox.kit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.actsandbox.kit.delivery.DeliveredContent;
import org.actsandbox.kit.delivery.DeliveryBody;
import org.actsandbox.kit.delivery.DeliveryStore;
import org.actsandbox.kit.delivery.StoredDelivery;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.ErrorPhase;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Sells one resource over HTTP 402 (A402): answers a request without a proof with a signed bill,
 * verifies the proof of a payment, has the resource delivered once, and tells the payment service.
 *
 * <ul>
 *   <li>Each request without a proof gets a bill of its own, which is good for 15 minutes.
 *   <li>A proof is good for exactly the request that was billed: method, target, content type and
 *       body. What is billed needs not be kept: the payment service repeats it in the proof.
 *   <li>A proof that is shown again gets the stored delivery, also when eight requests come at
 *       once. One for which the resource failed may be shown again and is not used up.
 *   <li>While the payment service does not say whether a proof is good, nothing is delivered and
 *       nothing is to be paid: 503 with {@code Retry-After}.
 *   <li>A request that may change something (not GET or HEAD) needs an {@code Idempotency-Key}.
 *   <li>The time is the world's, which the sandbox tells in {@code Act-Time}; the machine's without
 *       that header.
 * </ul>
 *
 * <p>Example, with the HTTP server of the JDK:
 *
 * {@snippet :
 * var gate = A402Gate.builder(MerchantSettings.read(Path.of("shop.env"))).price("0.50").build();
 * var handler = new GateHandler(gate, (paid, proof) -> DeliveredContent.json("{\"report\": 1}"));
 * server.createContext("/report", handler);
 * server.createContext("/notifications", handler.notifications());
 * }
 *
 * <p>An instance can be used by many threads and is closed at the end of the process.
 */
public final class A402Gate implements AutoCloseable {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final int MAX_RESOURCE_ID = 200;
  private static final Duration FORGET_EVERY = Duration.ofMinutes(10);

  private final MerchantSettings settings;
  private final String price;
  private final Duration payWithin;
  private final InstantSource machineTime;
  private final DeliveryStore store;
  private final Consumer<GateEvent> listener;
  private final BillSigner bills;
  private final ProofVerifier verifier;
  private final SignedMessages messages;
  private final DeliveryConfirmations confirmations;
  private final PaymentValidations validations;
  private final Map<String, CompletableFuture<StoredDelivery>> running = new ConcurrentHashMap<>();
  private volatile Instant lastForgotten = Instant.MIN;

  private A402Gate(Builder builder) {
    this.settings = builder.settings;
    if (builder.price == null) {
      throw new IllegalStateException("the gate has no price");
    }
    this.price = builder.price;
    this.payWithin = builder.payWithin;
    this.machineTime = builder.machineTime;
    this.store = builder.store;
    this.listener = builder.listener;
    var http = new BoundedHttp();
    var resolver = new DidResolver(settings.world(), http, System::nanoTime);
    var paymentService = new PaymentServiceClient(settings, http);
    this.bills = new BillSigner(settings);
    this.verifier = new ProofVerifier(settings, resolver, paymentService);
    this.messages = new SignedMessages(settings, resolver);
    this.validations = new PaymentValidations(settings);
    this.confirmations =
        new DeliveryConfirmations(store, paymentService, settings.signer(), listener);
  }

  /** Begins a gate of this merchant. */
  public static Builder builder(MerchantSettings settings) {
    return new Builder(settings);
  }

  /** Collects what a gate needs. */
  public static final class Builder {

    private final MerchantSettings settings;
    private @Nullable String price;
    private Duration payWithin = Duration.ofMinutes(15);
    private InstantSource machineTime = InstantSource.system();
    private DeliveryStore store = DeliveryStore.inMemory();
    private Consumer<GateEvent> listener = _ -> {};

    private Builder(MerchantSettings settings) {
      this.settings = settings;
    }

    /**
     * Sets what one request costs; there is no default.
     *
     * @param yuan more than zero, with at most two places, such as {@code 0.50}
     * @throws IllegalArgumentException if this is not such an amount
     */
    public Builder price(String yuan) {
      var amount = Money.yuan(yuan);
      if (amount.isZero()) {
        throw new IllegalArgumentException("the price is more than 0.00");
      }
      this.price = amount.decimal();
      return this;
    }

    /** Sets how long a bill can be paid; 15 minutes if it is not set. */
    public Builder payWithin(Duration time) {
      if (time.isNegative() || time.isZero()) {
        throw new IllegalArgumentException("a bill can be paid for some time, not " + time);
      }
      this.payWithin = time;
      return this;
    }

    /** Sets where deliveries are kept; in memory if it is not set. */
    public Builder deliveries(DeliveryStore deliveries) {
      this.store = deliveries;
      return this;
    }

    /** Sets the time of requests without {@code Act-Time}; the machine's if it is not set. */
    public Builder machineTime(InstantSource source) {
      this.machineTime = source;
      return this;
    }

    /** Has the listener told of all that happens, on the thread where it happens. */
    public Builder listener(Consumer<GateEvent> events) {
      this.listener = events;
      return this;
    }

    /**
     * Makes the gate.
     *
     * @throws IllegalStateException if the price is not set
     */
    public A402Gate build() {
      return new A402Gate(this);
    }
  }

  /** Holds what the gate knows of a request before it looks at the proof. */
  private record Sale(
      GateRequest request,
      Instant now,
      String resourceId,
      String fingerprint,
      @Nullable String key) {

    String method() {
      return request.method().equals("HEAD") ? "GET" : request.method();
    }
  }

  /**
   * Answers a request for the resource.
   *
   * @return 402 with a bill, 2xx with the delivery, or an error in the form of A402-10; never fails
   *     because of the request
   */
  public GateAnswer answer(GateRequest request, ProtectedResource resource) {
    Sale sale;
    try {
      sale = sale(request);
    } catch (RequestRefusedException refused) {
      return error(refused, refused.errorJson(ErrorPhase.REQUIREMENT));
    }
    var proofs = request.headers().getOrDefault(A402Headers.PAYMENT_PROOF, List.of());
    if (proofs.isEmpty()) {
      return billed(sale);
    }
    VerifiedProof proof = null;
    try {
      proof = verifier.verify(single(proofs), expected(sale), sale.now());
      return delivered(sale, proof, deliverOnce(sale, proof, proofs.getFirst(), resource));
    } catch (RequestRefusedException refused) {
      return refused(sale, refused);
    } catch (ResourceFailure failed) {
      return failed(sale, proof, failed.refused, String.valueOf(failed.getMessage()));
    }
  }

  /**
   * Takes a notification of the payment service, {@code POST /notifications}. The gate needs none,
   * because it asks the payment service about each proof; taking them ends their repetition.
   *
   * @param body the body of the request
   * @return 200 if the payment service signed it, an error otherwise
   */
  public GateAnswer notified(byte[] body) {
    try {
      var event = messages.verifyFrom(body, settings.paymentServiceDid());
      var id = String.valueOf(event.text("notification_id"));
      var received = Json.object().put("notification_id", id).put("received", true);
      return new GateAnswer(
          200, jsonHeaders(new HashMap<>()), DeliveryBody.of(Json.write(received)));
    } catch (RequestRefusedException refused) {
      return error(refused, refused.errorJson(ErrorPhase.PAYMENT));
    }
  }

  /** Returns the answer 413 to a body of more than {@link GateRequest#MAX_BODY} bytes. */
  public static GateAnswer bodyTooLarge() {
    var refused =
        new RequestRefusedException(
            new Refusal(Problem.BODY_TOO_LARGE, "the body is too long")
                .at("body")
                .expected("at most " + GateRequest.MAX_BODY + " bytes"));
    return error(refused, refused.errorJson(ErrorPhase.REQUIREMENT));
  }

  private Sale sale(GateRequest request) {
    var now = now(request);
    var target = target(request);
    var key = request.header("Idempotency-Key");
    boolean safe = SAFE.contains(request.method());
    if (!safe && (key == null || !key.matches("[\\x21-\\x7e]{1,200}"))) {
      throw new RequestRefusedException(
          new Refusal(Problem.INVALID_FIELD, "a request that may change something needs its key")
              .at("Idempotency-Key")
              .expected("1 to 200 visible characters, new for each purchase"));
    }
    var type = request.header("Content-Type");
    var path = target.getRawPath().substring(1);
    return new Sale(
        request,
        now,
        path.isEmpty() ? "resource" : path.substring(0, Math.min(path.length(), MAX_RESOURCE_ID)),
        BillSigner.fingerprint(request.method(), target, type == null ? "" : type, request.body()),
        safe ? null : key);
  }

  private Instant now(GateRequest request) {
    var told = request.header("Act-Time");
    try {
      return (told == null ? machineTime.instant() : Instant.parse(told))
          .truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException malformed) {
      throw new RequestRefusedException(
          new Refusal(Problem.INVALID_FIELD, "Act-Time is not a time")
              .at("Act-Time")
              .expected("a time in UTC such as 2026-11-25T01:00:00Z"));
    }
  }

  /** The path is the server's own, so only scheme and host come from the settings. */
  private URI target(GateRequest request) {
    try {
      var url = settings.url();
      var target = URI.create(url.getScheme() + "://" + url.getRawAuthority() + request.target());
      if (request.target().startsWith("/")) {
        return target;
      }
    } catch (IllegalArgumentException malformed) {
      throw malformedTarget();
    }
    throw malformedTarget();
  }

  private static RequestRefusedException malformedTarget() {
    return new RequestRefusedException(
        new Refusal(Problem.INVALID_FIELD, "the target is not a path and query of a URI")
            .at("target"));
  }

  private static String single(List<String> proofs) {
    if (proofs.size() != 1) {
      throw new RequestRefusedException(
          new Refusal(Problem.HEADER_MALFORMED, "there is not exactly one proof")
              .at(A402Headers.PAYMENT_PROOF)
              .expected("one header line")
              .observed(proofs.size() + " lines"));
    }
    return proofs.getFirst();
  }

  private ExpectedPayment expected(Sale sale) {
    return new ExpectedPayment(
        null, price, sale.resourceId(), sale.method(), sale.fingerprint(), sale.key());
  }

  private record Bill(String outTradeNo, String header) {}

  private Bill bill(Sale sale) {
    var number = "G-" + UUID.randomUUID();
    var terms =
        new BillTerms(
            number,
            price,
            sale.resourceId(),
            sale.now().plus(payWithin),
            sale.method(),
            sale.fingerprint(),
            sale.key());
    return new Bill(number, bills.paymentNeeded(terms));
  }

  private GateAnswer billed(Sale sale) {
    var bill = bill(sale);
    tell(GateEvent.Kind.BILLED, sale, bill.outTradeNo(), null, price + " CNY");
    var headers = new HashMap<String, String>();
    headers.put(A402Headers.PAYMENT_NEEDED, bill.header());
    var notice = Json.object().put("message", "Pay %s CNY for this request.".formatted(price));
    return new GateAnswer(402, jsonHeaders(headers), DeliveryBody.of(Json.write(notice)));
  }

  /**
   * Returns the delivery of a trade, and makes it if there is none yet. Requests that show the
   * proof meanwhile wait for the same delivery.
   */
  private StoredDelivery deliverOnce(
      Sale sale, VerifiedProof proof, String header, ProtectedResource resource) {
    var mine = new CompletableFuture<StoredDelivery>();
    var other = running.putIfAbsent(proof.tradeNo(), mine);
    if (other != null) {
      return joined(other);
    }
    try {
      var stored = store.find(proof.tradeNo()).orElse(null);
      if (stored == null) {
        verifier.requireActive(proof, header);
        stored = deliver(sale, proof, resource);
      } else {
        tell(
            GateEvent.Kind.REPEATED, sale, proof.outTradeNo(), proof.tradeNo(), "delivered before");
      }
      mine.complete(stored);
      return stored;
    } catch (RuntimeException failed) {
      mine.completeExceptionally(failed);
      throw failed;
    } finally {
      running.remove(proof.tradeNo(), mine);
    }
  }

  private static StoredDelivery joined(CompletableFuture<StoredDelivery> other) {
    try {
      return other.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  private StoredDelivery deliver(Sale sale, VerifiedProof proof, ProtectedResource resource) {
    try {
      var content = resource.deliver(sale.request(), proof);
      var stored = store(sale, proof, content);
      tell(
          GateEvent.Kind.DELIVERED,
          sale,
          proof.outTradeNo(),
          proof.tradeNo(),
          stored.content().body().length() + " bytes to " + proof.buyerDid());
      confirmations.confirm(stored);
      return stored;
    } catch (HttpTimeoutException late) {
      throw new ResourceFailure(Problem.UPSTREAM_TIMEOUT, late);
    } catch (IOException | RuntimeException failed) {
      throw new ResourceFailure(Problem.UPSTREAM_FAILED, failed);
    }
  }

  private StoredDelivery store(Sale sale, VerifiedProof proof, DeliveredContent content)
      throws IOException {
    var isKept = false;
    try {
      forgetExpired(sale.now());
      var stored =
          store.save(
              new StoredDelivery(
                  proof.tradeNo(),
                  proof.outTradeNo(),
                  proof.resourceId(),
                  digest(content),
                  sale.now(),
                  proof.expiresAt(),
                  false,
                  content));
      isKept = stored.content().body() == content.body();
      return stored;
    } finally {
      if (!isKept) {
        content.body().discard();
      }
    }
  }

  private void forgetExpired(Instant now) throws IOException {
    if (lastForgotten.equals(Instant.MIN) || now.isAfter(lastForgotten.plus(FORGET_EVERY))) {
      lastForgotten = now;
      store.forgetBefore(now);
    }
  }

  private static String digest(DeliveredContent content) throws IOException {
    try (var body =
        new DigestInputStream(content.body().open(), MessageDigest.getInstance("SHA-256"))) {
      body.transferTo(java.io.OutputStream.nullOutputStream());
      return "sha-256:"
          + Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(body.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** Says that the resource delivered nothing for a good proof. */
  private static final class ResourceFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    final transient RequestRefusedException refused;

    ResourceFailure(Problem problem, Exception cause) {
      super(String.valueOf(cause.getMessage()), cause);
      this.refused =
          new RequestRefusedException(
              new Refusal(problem, "the resource cannot be delivered now; nothing was delivered")
                  .at("resource")
                  .retryAfter(Duration.ofSeconds(1))
                  .remedy("Show the same proof again later. Do not pay again."));
    }
  }

  private GateAnswer delivered(Sale sale, VerifiedProof proof, StoredDelivery stored) {
    var headers = new HashMap<>(stored.content().headers());
    headers.put(
        A402Headers.PAYMENT_VALIDATION,
        validations.delivered(proof, sale.fingerprint(), stored.confirmed(), sale.now()));
    headers.put("Cache-Control", "no-store");
    return new GateAnswer(stored.content().status(), headers, stored.content().body());
  }

  private GateAnswer failed(
      Sale sale, @Nullable VerifiedProof proof, RequestRefusedException refused, String why) {
    if (proof == null) {
      throw new IllegalStateException("the resource was called without a proof", refused);
    }
    tell(GateEvent.Kind.FAILED, sale, proof.outTradeNo(), proof.tradeNo(), why);
    var answer = error(refused, refused.errorJson(ErrorPhase.DELIVERY));
    var headers = new HashMap<>(answer.headers());
    headers.put(
        A402Headers.PAYMENT_VALIDATION,
        validations.undelivered(proof, sale.fingerprint(), sale.now()));
    return new GateAnswer(answer.status(), headers, answer.body());
  }

  /**
   * Answers a bad proof with 402, a bill and the reason (A402-1). A proof that cannot be judged now
   * is neither good nor bad: no payment is asked for.
   */
  private GateAnswer refused(Sale sale, RequestRefusedException refused) {
    var bill = bill(sale);
    var headers = new HashMap<String, String>();
    if (!refused.isTemporary()) {
      headers.put(A402Headers.PAYMENT_NEEDED, bill.header());
    }
    headers.put(
        A402Headers.PAYMENT_VALIDATION,
        validations.refused(
            bill.outTradeNo(), sale.resourceId(), sale.fingerprint(), refused, sale.now()));
    retryAfter(headers, refused);
    tell(GateEvent.Kind.REFUSED, sale, null, null, String.valueOf(refused.getMessage()));
    return new GateAnswer(
        refused.isTemporary() ? refused.status() : 402,
        jsonHeaders(headers),
        DeliveryBody.of(refused.errorJson()));
  }

  private static GateAnswer error(RequestRefusedException refused, String json) {
    var headers = new HashMap<String, String>();
    retryAfter(headers, refused);
    return new GateAnswer(refused.status(), jsonHeaders(headers), DeliveryBody.of(json));
  }

  private static void retryAfter(Map<String, String> headers, RequestRefusedException refused) {
    var seconds = refused.retryAfterSeconds();
    if (seconds != null) {
      headers.put("Retry-After", seconds.toString());
    }
  }

  private static Map<String, String> jsonHeaders(Map<String, String> headers) {
    headers.put("Content-Type", "application/json");
    headers.put("Cache-Control", "no-store");
    return headers;
  }

  private void tell(
      GateEvent.Kind kind,
      Sale sale,
      @Nullable String outTradeNo,
      @Nullable String tradeNo,
      String detail) {
    listener.accept(new GateEvent(kind, sale.request().target(), outTradeNo, tradeNo, detail));
  }

  /** Ends the confirmations in the background; a store on disk keeps what is not confirmed. */
  @Override
  public void close() {
    confirmations.close();
  }
}
