package org.actsandbox.kit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
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

  private final MerchantSettings settings;
  private final String price;
  private final Duration payWithin;
  private final InstantSource machineTime;
  private final Consumer<GateEvent> listener;
  private final BillSigner bills;
  private final ProofVerifier verifier;
  private final SignedMessages messages;
  private final DeliveryConfirmations confirmations;
  private final PaymentValidations validations;
  private final GateDeliveries deliveries;

  private A402Gate(Builder builder) {
    this.settings = builder.settings;
    if (builder.price == null) {
      throw new IllegalStateException("the gate has no price");
    }
    this.price = builder.price;
    this.payWithin = builder.payWithin;
    this.machineTime = builder.machineTime;
    this.listener = builder.listener;
    var http = new BoundedHttp();
    var resolver = new DidResolver(settings.world(), http, System::nanoTime);
    var paymentService = new PaymentServiceClient(settings, http);
    this.bills = new BillSigner(settings);
    this.verifier = new ProofVerifier(settings, resolver, paymentService);
    this.messages = new SignedMessages(settings, resolver);
    this.validations = new PaymentValidations(settings);
    this.confirmations =
        new DeliveryConfirmations(builder.store, paymentService, settings.signer(), listener);
    this.deliveries = new GateDeliveries(builder.store, verifier, confirmations, listener);
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

  /**
   * Answers a request for the resource.
   *
   * @return 402 with a bill, 2xx with the delivery, or an error in the form of A402-10; never fails
   *     because of the request
   */
  public GateAnswer answer(GateRequest request, ProtectedResource resource) {
    GateSale sale;
    try {
      sale = GateSale.read(request, settings.url(), machineTime);
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
      return delivered(
          sale, proof, deliveries.deliverOnce(sale, proof, proofs.getFirst(), resource));
    } catch (RequestRefusedException refused) {
      return refused(sale, refused);
    } catch (GateDeliveries.ResourceFailure failed) {
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

  private ExpectedPayment expected(GateSale sale) {
    return new ExpectedPayment(
        null, price, sale.resourceId(), sale.method(), sale.fingerprint(), sale.key());
  }

  private record Bill(String outTradeNo, String header) {}

  private Bill bill(GateSale sale) {
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

  private GateAnswer billed(GateSale sale) {
    var bill = bill(sale);
    listener.accept(sale.event(GateEvent.Kind.BILLED, bill.outTradeNo(), null, price + " CNY"));
    var headers = new HashMap<String, String>();
    headers.put(A402Headers.PAYMENT_NEEDED, bill.header());
    var notice = Json.object().put("message", "Pay %s CNY for this request.".formatted(price));
    return new GateAnswer(402, jsonHeaders(headers), DeliveryBody.of(Json.write(notice)));
  }

  private GateAnswer delivered(GateSale sale, VerifiedProof proof, StoredDelivery stored) {
    var headers = new HashMap<>(stored.content().headers());
    headers.put(
        A402Headers.PAYMENT_VALIDATION,
        validations.delivered(proof, sale.fingerprint(), stored.confirmed(), sale.now()));
    headers.put("Cache-Control", "no-store");
    return new GateAnswer(stored.content().status(), headers, stored.content().body());
  }

  private GateAnswer failed(
      GateSale sale, @Nullable VerifiedProof proof, RequestRefusedException refused, String why) {
    if (proof == null) {
      throw new IllegalStateException("the resource was called without a proof", refused);
    }
    listener.accept(sale.event(GateEvent.Kind.FAILED, proof.outTradeNo(), proof.tradeNo(), why));
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
  private GateAnswer refused(GateSale sale, RequestRefusedException refused) {
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
    listener.accept(
        sale.event(GateEvent.Kind.REFUSED, null, null, String.valueOf(refused.getMessage())));
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

  /** Ends the confirmations in the background; a store on disk keeps what is not confirmed. */
  @Override
  public void close() {
    confirmations.close();
  }
}
