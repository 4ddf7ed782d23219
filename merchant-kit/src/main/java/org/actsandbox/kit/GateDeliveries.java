package org.actsandbox.kit;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.actsandbox.kit.delivery.DeliveredContent;
import org.actsandbox.kit.delivery.DeliveryStore;
import org.actsandbox.kit.delivery.PaidSale;
import org.actsandbox.kit.delivery.StoredDelivery;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Makes one delivery for each paid trade and keeps it, so that a proof that is shown again gets the
 * same delivery (A402-6).
 */
final class GateDeliveries {

  private static final Duration FORGET_EVERY = Duration.ofMinutes(10);

  private final DeliveryStore store;
  private final ProofVerifier verifier;
  private final DeliveryReports reports;
  private final Duration keepFor;
  private final Consumer<GateEvent> listener;
  private final Map<String, CompletableFuture<StoredDelivery>> running = new ConcurrentHashMap<>();
  private volatile Instant lastForgotten = Instant.MIN;

  GateDeliveries(
      DeliveryStore store,
      ProofVerifier verifier,
      DeliveryReports reports,
      Duration keepFor,
      Consumer<GateEvent> listener) {
    this.store = store;
    this.verifier = verifier;
    this.reports = reports;
    this.keepFor = keepFor;
    this.listener = listener;
  }

  /**
   * Returns the delivery of a trade, and makes it if there is none yet. Requests that show the
   * proof meanwhile wait for the same delivery.
   *
   * @param order the signed order of the sale; null if it has none
   */
  StoredDelivery deliverOnce(
      GateSale sale,
      VerifiedProof proof,
      String header,
      @Nullable String order,
      ProtectedResource resource) {
    var mine = new CompletableFuture<StoredDelivery>();
    var other = running.putIfAbsent(proof.tradeNo(), mine);
    if (other != null) {
      return joined(other);
    }
    try {
      var stored = store.find(proof.tradeNo()).orElse(null);
      if (stored == null) {
        verifier.requireActive(proof, header);
        stored = deliver(sale, proof, order, resource);
      } else {
        listener.accept(
            sale.event(
                GateEvent.Kind.REPEATED, proof.outTradeNo(), proof.tradeNo(), "delivered before"));
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

  private StoredDelivery deliver(
      GateSale sale, VerifiedProof proof, @Nullable String order, ProtectedResource resource) {
    try {
      var content = resource.deliver(sale.request(), proof);
      var stored = store(sale, proof, order, content);
      listener.accept(
          sale.event(
              GateEvent.Kind.DELIVERED,
              proof.outTradeNo(),
              proof.tradeNo(),
              stored.content().body().length() + " bytes to " + proof.buyerDid()));
      reports.report(stored);
      return stored;
    } catch (RequestRefusedException refused) {
      throw new ResourceFailure(refused);
    } catch (HttpTimeoutException late) {
      throw new ResourceFailure(Problem.UPSTREAM_TIMEOUT, late);
    } catch (IOException | RuntimeException failed) {
      throw new ResourceFailure(Problem.UPSTREAM_FAILED, failed);
    }
  }

  private StoredDelivery store(
      GateSale sale, VerifiedProof proof, @Nullable String order, DeliveredContent content)
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
                  false,
                  new PaidSale(
                      proof.buyerDid(),
                      proof.amount(),
                      proof.currency(),
                      proof.intentId(),
                      proof.delegationId(),
                      order),
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
      store.forgetBefore(now.minus(keepFor));
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
  static final class ResourceFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    final transient RequestRefusedException refused;

    /** Says that the merchant itself refuses: there is nothing to deliver for this payment. */
    ResourceFailure(RequestRefusedException refused) {
      super(String.valueOf(refused.getMessage()), refused);
      this.refused = refused;
    }

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
}
