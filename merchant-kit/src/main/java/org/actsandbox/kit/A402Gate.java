package org.actsandbox.kit;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
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
 * verifies the proof of a payment, has the resource delivered once, tells the payment service, and
 * deposits the merchant's record of the delivery, which is its evidence in a dispute.
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
 * server.createContext("/notifications", handler.serviceMessages());
 * server.createContext("/disputes", handler.serviceMessages());
 * }
 *
 * <p>An instance can be used by many threads and is closed at the end of the process.
 */
public final class A402Gate implements AutoCloseable {

  /** The paths below the merchant's address at which the services of its world call it. */
  public static final Set<String> SERVICE_PATHS =
      Set.of("/notifications", "/disputes/evidence", "/disputes/findings");

  private static final Duration DISPUTABLE = Duration.ofDays(90);

  private final MerchantSettings settings;
  private final GatePricing pricing;
  private final BiConsumer<SignedMessage, Instant> notified;
  private final InstantSource machineTime;
  private final Consumer<GateEvent> listener;
  private final BillSigner bills;
  private final ProofVerifier verifier;
  private final SignedMessages messages;
  private final DeliveryReports reports;
  private final DisputeAnswers disputes;
  private final PaymentValidations validations;
  private final GateDeliveries deliveries;

  private A402Gate(Builder builder) {
    this.settings = builder.settings;
    this.pricing = builder.pricing();
    this.notified = builder.notified;
    this.machineTime = builder.machineTime;
    this.listener = builder.listener;
    var http = new BoundedHttp();
    var resolver = new DidResolver(settings.world(), http, System::nanoTime);
    var world = new WorldClient(settings, http);
    var records = new MerchantRecords(settings);
    this.bills = new BillSigner(settings);
    this.verifier = new ProofVerifier(settings, resolver, world);
    this.messages = new SignedMessages(settings, resolver);
    this.validations = new PaymentValidations(settings);
    this.disputes =
        new DisputeAnswers(settings, resolver.directory(), builder.store, pricing, records, world);
    this.reports = new DeliveryReports(builder.store, world, records, settings.signer(), listener);
    this.deliveries =
        new GateDeliveries(builder.store, verifier, reports, builder.keepFor, listener);
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
    private @Nullable GatePricing pricing;
    private Duration keepFor = DISPUTABLE;
    private BiConsumer<SignedMessage, Instant> notified = (_, _) -> {};
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

    /** Sets what each request costs, instead of one price for all. */
    public Builder pricing(GatePricing terms) {
      this.pricing = terms;
      return this;
    }

    /**
     * Sets how long a delivery is kept after its proof expired, so that a dispute about it finds
     * it; 90 days if it is not set, the time in which a buyer may dispute in the sandbox.
     */
    public Builder keepFor(Duration time) {
      this.keepFor = time;
      return this;
    }

    /**
     * Has the merchant told of each notification of the payment service and of the world's time,
     * after its signature was verified. It may come twice and in any order. A {@link
     * RequestRefusedException} is its answer, and the notification comes again.
     */
    public Builder notifications(BiConsumer<SignedMessage, Instant> taken) {
      this.notified = taken;
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
     * @throws IllegalStateException if there is neither a price nor pricing
     */
    public A402Gate build() {
      return new A402Gate(this);
    }

    private GatePricing pricing() {
      if (pricing != null) {
        return pricing;
      }
      var fixed = price;
      if (fixed == null) {
        throw new IllegalStateException("the gate has no price");
      }
      var within = payWithin;
      return (_, now) -> new SaleTerms(null, fixed, now.plus(within), null, null);
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
    SaleTerms terms;
    try {
      sale = GateSale.read(request, settings.url(), machineTime);
      terms = pricing.terms(request, sale.now());
    } catch (RequestRefusedException refused) {
      return error(refused, refused.errorJson(ErrorPhase.REQUIREMENT));
    }
    var proofs = request.headers().getOrDefault(A402Headers.PAYMENT_PROOF, List.of());
    if (proofs.isEmpty()) {
      return billed(sale, terms);
    }
    VerifiedProof proof = null;
    try {
      proof = verifier.verify(single(proofs), expected(sale, terms), sale.now());
      var stored = deliveries.deliverOnce(sale, proof, proofs.getFirst(), terms.order(), resource);
      return delivered(sale, proof, stored);
    } catch (RequestRefusedException refused) {
      return refused(sale, terms, refused);
    } catch (GateDeliveries.ResourceFailure failed) {
      return failed(sale, proof, failed.refused, String.valueOf(failed.getMessage()));
    }
  }

  /**
   * Answers what the services of the world send to the merchant: notifications of the payment
   * service (PSD-8), requests for evidence and findings of the dispute service (TSD-6).
   *
   * @return 200 if the right service signed it, an error otherwise; 404 for any path that is not
   *     one of {@link #SERVICE_PATHS} below the merchant's address
   */
  public GateAnswer serviceMessage(GateRequest request) {
    var path = pathBelow(settings.url(), request.target());
    try {
      if (!SERVICE_PATHS.contains(path)) {
        throw RequestRefusedException.of("not_found", "nothing is here");
      }
      if (!request.method().equals("POST")) {
        throw RequestRefusedException.of("method_not_allowed", "a message is posted");
      }
      var now = request.time(machineTime);
      return switch (path) {
        case "/notifications" -> json(notified(request.body(), now));
        case "/disputes/evidence" -> json(disputes.evidence(request.body(), now));
        default -> json(disputes.finding(request.body(), now));
      };
    } catch (RequestRefusedException refused) {
      return serviceError(path, refused);
    } catch (Refusal refusal) {
      return serviceError(path, new RequestRefusedException(refusal));
    }
  }

  private static String pathBelow(URI url, String target) {
    var path = target.split("\\?", 2)[0];
    var prefix = url.getRawPath() == null ? "" : url.getRawPath();
    return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
  }

  private String notified(byte[] body, Instant now) {
    var event = messages.verifyFrom(body, settings.paymentServiceDid());
    notified.accept(event, now);
    var id = String.valueOf(event.text("notification_id"));
    return Json.write(Json.object().put("notification_id", id).put("received", true));
  }

  private static GateAnswer json(String body) {
    return new GateAnswer(200, jsonHeaders(new HashMap<>()), DeliveryBody.of(body));
  }

  private static GateAnswer serviceError(String path, RequestRefusedException refused) {
    var phase = path.startsWith("/disputes") ? ErrorPhase.EVIDENCE : ErrorPhase.PAYMENT;
    return error(refused, refused.errorJson(phase));
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

  private static ExpectedPayment expected(GateSale sale, SaleTerms terms) {
    return new ExpectedPayment(
        terms.outTradeNo(),
        terms.price(),
        sale.resourceId(),
        sale.method(),
        sale.fingerprint(),
        sale.key(),
        terms.buyerDid());
  }

  private record Bill(String outTradeNo, String header) {}

  private Bill bill(GateSale sale, SaleTerms terms) {
    var own = terms.outTradeNo();
    var number = own == null ? "G-" + UUID.randomUUID() : own;
    var billed =
        new BillTerms(
            number,
            terms.price(),
            sale.resourceId(),
            terms.payBefore(),
            sale.method(),
            sale.fingerprint(),
            sale.key(),
            terms.buyerDid(),
            terms.order());
    return new Bill(number, bills.paymentNeeded(billed));
  }

  private GateAnswer billed(GateSale sale, SaleTerms terms) {
    var bill = bill(sale, terms);
    listener.accept(
        sale.event(GateEvent.Kind.BILLED, bill.outTradeNo(), null, terms.price() + " CNY"));
    var headers = new HashMap<String, String>();
    headers.put(A402Headers.PAYMENT_NEEDED, bill.header());
    var notice =
        Json.object().put("message", "Pay %s CNY for this request.".formatted(terms.price()));
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
        validations.undelivered(proof, sale.fingerprint(), !refused.isTemporary(), sale.now()));
    return new GateAnswer(answer.status(), headers, answer.body());
  }

  /**
   * Answers a bad proof with 402, a bill and the reason (A402-1). A proof that cannot be judged now
   * is neither good nor bad: no payment is asked for.
   */
  private GateAnswer refused(GateSale sale, SaleTerms terms, RequestRefusedException refused) {
    var bill = bill(sale, terms);
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

  /** Ends the reports in the background; a store on disk keeps what is not reported yet. */
  @Override
  public void close() {
    reports.close();
  }
}
