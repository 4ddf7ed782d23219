package org.actsandbox.web.cli.gate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.actsandbox.alipay.a2m.AlipayBill;
import org.actsandbox.alipay.a2m.AlipayValidation;
import org.actsandbox.alipay.client.GatewayClient.UnansweredException;
import org.actsandbox.alipay.client.PayPerUseCalls;
import org.actsandbox.alipay.client.PresentedProof;
import org.actsandbox.alipay.client.ProofRefusedException;
import org.actsandbox.kit.A402Gate;
import org.actsandbox.kit.GateAnswer;
import org.actsandbox.kit.GateEvent;
import org.actsandbox.kit.GateRequest;
import org.actsandbox.kit.MerchantSettings;
import org.actsandbox.kit.RequestRefusedException;
import org.actsandbox.kit.VerifiedProof;
import org.actsandbox.kit.delivery.DeliveryBody;
import org.actsandbox.kit.delivery.DeliveryStore;
import org.actsandbox.kit.delivery.FolderDeliveryStore;
import org.actsandbox.kit.delivery.PaidSale;
import org.actsandbox.kit.delivery.StoredDelivery;
import org.actsandbox.kit.http.ForwardedService;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Sells another service's answers in Alipay's pay-per-use profile: it bills, verifies the proof at
 * the gateway, delivers a trade once, and confirms before it answers 200 (AIP-12, AIP-25, AIP-288).
 *
 * <p>It keeps no orders. The number of an order has the digest of what was billed, and the gateway
 * opens payments of bills with the application's signature alone, so the number that comes back
 * from the gateway says whether the payment is for this request and this price, also after a
 * restart.
 */
final class AlipaySeller implements GateSeller {

  /** Is the time that all public demos give (AIP-141). */
  private static final Duration PAYABLE = Duration.ofMinutes(30);

  /** Ours: a buyer who lost the answer gets it again for as long as ACT's gates keep it. */
  private static final Duration KEPT = Duration.ofDays(90);

  private static final int RANDOM_BYTES = 8;
  private static final int DIGEST_BYTES = 16;
  private static final String RETRY_AFTER_SECONDS = "3";

  /** Requests of one trade wait for each other; a few others wait with them. */
  private final Object[] trades = Stream.generate(Object::new).limit(64).toArray();

  private final GateApplication application;
  private final PayPerUseCalls gateway;
  private final String price;
  private final ForwardedService service;
  private final FolderDeliveryStore deliveries;
  private final A402Gate notifications;
  private final Consumer<GateEvent> listener;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param settings of the merchant, which the payment service notifies in ACT's form, too
   * @param folder for deliveries, so that a buyer gets them again after a restart
   * @throws IOException if the folder is in use
   */
  AlipaySeller(
      MerchantSettings settings,
      GateApplication application,
      PayPerUseCalls gateway,
      GateServer.Sale sale,
      Path folder,
      Consumer<GateEvent> listener)
      throws IOException {
    this.application = application;
    this.gateway = gateway;
    this.price = Money.yuan(sale.price()).decimal();
    this.service = new ForwardedService(sale.target(), sale.limits());
    this.deliveries = new FolderDeliveryStore(folder);
    this.listener = listener;
    this.notifications =
        A402Gate.builder(settings).price(price).deliveries(DeliveryStore.inMemory()).build();
  }

  @Override
  public GateAnswer answer(GateRequest request) {
    var proofs = request.headers().getOrDefault(A402Headers.PAYMENT_PROOF, List.of());
    try {
      var now = request.time(InstantSource.system());
      if (proofs.isEmpty() || (proofs.size() == 1 && proofs.getFirst().isBlank())) {
        return billed(request, now, "Payment-Needed", "Payment is needed for this request.");
      }
      try {
        if (proofs.size() > 1) {
          throw new ProofRefusedException(
              "INVALID_PAYMENT_PROOF_FORMAT", "There are several headers Payment-Proof.");
        }
        return delivered(request, PresentedProof.read(proofs.getFirst()), now);
      } catch (ProofRefusedException refused) {
        var why = String.valueOf(refused.getMessage());
        tell(GateEvent.Kind.REFUSED, request, null, null, refused.code() + " " + why);
        return billed(request, now, refused.code(), why);
      }
    } catch (RequestRefusedException malformed) {
      return json(malformed.status(), Map.of(), malformed.errorJson());
    } catch (UnansweredException unknown) {
      var why = String.valueOf(unknown.getMessage());
      tell(GateEvent.Kind.REFUSED, request, null, null, why);
      return failed(503, "VERIFY_FAILED", why);
    }
  }

  /** Takes notifications. The profile has no disputes, so none is answered. */
  @Override
  public GateAnswer serviceMessage(GateRequest request) {
    return request.target().startsWith("/disputes")
        ? failed(404, "NOT_FOUND", "A gate of Alipay's profile answers no dispute.")
        : notifications.serviceMessage(request);
  }

  private GateAnswer billed(GateRequest request, Instant now, String code, String message) {
    var bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    var orderNo = "G" + HexFormat.of().formatHex(bytes) + digest(request, price);
    var payBefore = now.truncatedTo(ChronoUnit.SECONDS).plus(PAYABLE).atZone(World.ZONE);
    var seller = application.sellerId();
    var bill =
        new AlipayBill(
                new AlipayBill.BillOrder(
                    orderNo,
                    price,
                    "CNY",
                    resourceId(request),
                    DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(payBefore),
                    null,
                    null,
                    seller),
                new AlipayBill.BillSeller(
                    application.name(),
                    seller,
                    application.caller().appId(),
                    resourceId(request),
                    "seller_id",
                    AlipayBill.SANDBOX_SERVICE))
            .signed(application.caller().key());
    tell(GateEvent.Kind.BILLED, request, orderNo, null, price + " CNY");
    var body = Json.object().put("code", code).put("message", message);
    body.put("out_trade_no", orderNo).put("amount", price).put("currency", "CNY");
    return json(402, Map.of(A402Headers.PAYMENT_NEEDED, bill.encode()), Json.write(body));
  }

  /** Returns the path, as long as a bill can name it; the order's number has all of the request. */
  private static String resourceId(GateRequest request) {
    var path = request.target().split("\\?", 2)[0];
    return path.length() > 200 ? path.substring(0, 200) : path;
  }

  private static String digest(GateRequest request, String amount) {
    // A HEAD request is answered as the GET that it stands for.
    var method = request.method().equals("HEAD") ? "GET" : request.method();
    var head = method + " " + request.target() + " " + amount + "\n";
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(head.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha256.digest(request.body()), 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private GateAnswer delivered(GateRequest request, PresentedProof proof, Instant now)
      throws ProofRefusedException, UnansweredException {
    synchronized (trades[Math.floorMod(proof.tradeNo().hashCode(), trades.length)]) {
      var earlier = deliveries.find(proof.tradeNo());
      if (earlier.isPresent()) {
        requireSame(request, proof, earlier.get());
        return confirmed(request, earlier.get(), GateEvent.Kind.REPEATED);
      }
      var payment = gateway.verify(application.caller(), proof);
      requireFor(request, payment);
      StoredDelivery made;
      try {
        made = make(request, proof, payment, now);
      } catch (IOException failed) {
        var why = String.valueOf(failed.getMessage());
        tell(GateEvent.Kind.FAILED, request, payment.outTradeNo(), proof.tradeNo(), why);
        return failed(502, "DELIVERY_FAILED", "Nothing was delivered. Show the same proof later.");
      }
      return confirmed(request, made, GateEvent.Kind.DELIVERED);
    }
  }

  private void requireFor(GateRequest request, PayPerUseCalls.VerifiedPayment payment)
      throws ProofRefusedException {
    // The public sandbox may leave both texts empty; the amount and the trade count then (AIP-12).
    if (payment.outTradeNo().isEmpty() && !payment.amount().equals(price)) {
      throw new ProofRefusedException("AMOUNT_MISMATCH", "The payment has another amount.");
    }
    if (!payment.resourceId().isEmpty() && !payment.resourceId().equals(resourceId(request))) {
      throw new ProofRefusedException("RESOURCE_ID_MISMATCH", "The payment is for another page.");
    }
    requireBilled(request, payment.outTradeNo(), payment.amount());
  }

  /** A gate that was started again with another price still delivers what it billed before. */
  private static void requireBilled(GateRequest request, String orderNo, String amount)
      throws ProofRefusedException {
    if (!orderNo.isEmpty()
        && !(orderNo.matches("G[0-9a-f]{" + 2 * (RANDOM_BYTES + DIGEST_BYTES) + "}")
            && orderNo.endsWith(digest(request, amount)))) {
      throw new ProofRefusedException(
          "ORDER_NOT_FOUND", "The payment is for another request, or of another amount.");
    }
  }

  private static void requireSame(
      GateRequest request, PresentedProof proof, StoredDelivery delivery)
      throws ProofRefusedException {
    if (!delivery.digest().equals(proof.digest())) {
      throw new ProofRefusedException(
          "INVALID_PAYMENT_PROOF", "Another proof paid for this trade.");
    }
    var sale = Objects.requireNonNull(delivery.sale());
    requireBilled(request, delivery.outTradeNo(), sale.amount());
  }

  private StoredDelivery make(
      GateRequest request,
      PresentedProof proof,
      PayPerUseCalls.VerifiedPayment payment,
      Instant now)
      throws IOException {
    var content =
        service.deliver(
            request,
            new VerifiedProof(
                proof.tradeNo(),
                proof.tradeNo(),
                payment.outTradeNo(),
                "",
                resourceId(request),
                payment.amount(),
                "CNY",
                "",
                now.plus(KEPT),
                null,
                null));
    var isKept = false;
    try {
      deliveries.forgetBefore(now);
      // The profile has no message about what was delivered, so the digest is that of the proof.
      var stored =
          deliveries.save(
              new StoredDelivery(
                  proof.tradeNo(),
                  payment.outTradeNo(),
                  resourceId(request),
                  proof.digest(),
                  now,
                  now.plus(KEPT),
                  false,
                  true,
                  new PaidSale("", payment.amount(), "CNY", null, null, null),
                  content));
      isKept = stored.content().body() == content.body();
      return stored;
    } finally {
      if (!isKept) {
        content.body().discard();
      }
    }
  }

  private GateAnswer confirmed(GateRequest request, StoredDelivery delivery, GateEvent.Kind kind)
      throws UnansweredException {
    var orderNo = delivery.outTradeNo();
    if (!delivery.confirmed()) {
      var refusal = gateway.confirm(application.caller(), delivery.tradeNo());
      if (refusal != null) {
        tell(GateEvent.Kind.UNCONFIRMED, request, orderNo, delivery.tradeNo(), refusal);
        return failed(502, "FULFILLMENT_CONFIRM_FAILED", refusal);
      }
      try {
        deliveries.confirmed(delivery.tradeNo());
      } catch (IOException unwritten) {
        // The gateway is told again when the proof comes again, and knows it then (AIP-28).
        tell(GateEvent.Kind.UNCONFIRMED, request, orderNo, delivery.tradeNo(), "not stored");
      }
      tell(GateEvent.Kind.CONFIRMED, request, orderNo, delivery.tradeNo(), "confirmed");
    }
    tell(kind, request, orderNo, delivery.tradeNo(), delivery.content().body().length() + " bytes");
    var headers = new HashMap<>(delivery.content().headers());
    headers.put(
        A402Headers.PAYMENT_VALIDATION,
        new AlipayValidation(delivery.tradeNo(), orderNo, true, delivery.resourceId()).encode());
    headers.put("Cache-Control", "no-store");
    return new GateAnswer(delivery.content().status(), headers, delivery.content().body());
  }

  private static GateAnswer failed(int status, String code, String message) {
    return json(
        status,
        status >= 500 ? Map.of("Retry-After", RETRY_AFTER_SECONDS) : Map.of(),
        Json.write(Json.object().put("code", code).put("message", message)));
  }

  private static GateAnswer json(int status, Map<String, String> more, String body) {
    var headers = new HashMap<>(more);
    headers.put("Content-Type", "application/json");
    headers.put("Cache-Control", "no-store");
    return new GateAnswer(status, headers, DeliveryBody.of(body));
  }

  private void tell(
      GateEvent.Kind kind,
      GateRequest request,
      @Nullable String orderNo,
      @Nullable String tradeNo,
      String detail) {
    listener.accept(new GateEvent(kind, resourceId(request), orderNo, tradeNo, detail));
  }

  @Override
  public void close() throws IOException {
    notifications.close();
    deliveries.close();
  }
}
