package org.actsandbox.kit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.kit.delivery.DeliveryStore;
import org.actsandbox.kit.delivery.StoredDelivery;
import org.actsandbox.protocol.attestation.AttestationEvent;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.attestation.dispute.EvidenceDocument;
import org.actsandbox.protocol.attestation.dispute.EvidenceRequest;
import org.actsandbox.protocol.attestation.dispute.EvidenceResponder;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Answers the dispute service with what the merchant sold and delivered, and with the records that
 * attest it (TSD-6).
 */
final class DisputeAnswers {

  private static final Did DISPUTE_SERVICE = Did.of("sandbox-trust");

  private final MerchantSettings settings;
  private final KeyDirectory keys;
  private final DeliveryStore store;
  private final GatePricing pricing;
  private final MerchantRecords records;
  private final WorldClient world;

  DisputeAnswers(
      MerchantSettings settings,
      KeyDirectory keys,
      DeliveryStore store,
      GatePricing pricing,
      MerchantRecords records,
      WorldClient world) {
    this.settings = settings;
    this.keys = keys;
    this.store = store;
    this.pricing = pricing;
    this.records = records;
    this.world = world;
  }

  /**
   * Answers a request for evidence with the signed statement and the documents that it lists.
   *
   * @throws Refusal if the dispute service did not sign it
   */
  String evidence(byte[] body, Instant now) {
    var recordIds = new ArrayList<String>();
    return Json.write(
        responder(recordIds, now).answer(body, request -> testimony(request, recordIds)));
  }

  /**
   * Acknowledges the finding of the dispute service.
   *
   * @throws Refusal if the dispute service did not sign it
   */
  String finding(byte[] body, Instant now) {
    var finding = responder(List.of(), now).receiveFinding(body);
    return Json.write(Json.object().put("dispute_id", finding.disputeId()).put("received", true));
  }

  private EvidenceResponder responder(List<String> recordIds, Instant now) {
    return new EvidenceResponder(
        Party.Role.MERCHANT, new OwnRecords(recordIds), keys, settings::signer, () -> now);
  }

  private EvidenceResponder.Testimony testimony(EvidenceRequest asked, List<String> recordIds) {
    var delivery =
        store
            .find(asked.tradeNo())
            .filter(each -> each.outTradeNo().equals(asked.orderNo()))
            .orElse(null);
    var papers = new EnumMap<EvidenceDocument, String>(EvidenceDocument.class);
    var order = order(delivery, asked.orderNo(), recordIds);
    if (order != null) {
      papers.put(EvidenceDocument.ORDER, order);
    }
    if (delivery != null) {
      text(delivery).ifPresent(text -> papers.put(EvidenceDocument.DELIVERY, text));
      if (delivery.isFinished() && delivery.sale() != null) {
        recordIds.add(records.deliveryId(delivery.outTradeNo()));
      }
    }
    return new EvidenceResponder.Testimony(
        delivery == null ? "nothing_delivered" : "delivered",
        delivery == null
            ? Map.of("trade_no", asked.tradeNo())
            : Map.of("trade_no", asked.tradeNo(), "at", delivery.deliveredAt().toString()),
        papers);
  }

  /** Returns the order as it was signed, and offers the record of its cart, which is made now. */
  private @Nullable String order(
      @Nullable StoredDelivery delivery, String orderNo, List<String> recordIds) {
    var sale = delivery == null ? null : delivery.sale();
    var terms = pricing.sale(orderNo).orElse(null);
    var order = sale != null ? sale.order() : terms == null ? null : terms.order();
    var buyer = sale != null ? sale.buyerDid() : terms == null ? null : terms.buyerDid();
    if (order != null && buyer != null) {
      try {
        var record = records.cartConfirmed(order, buyer);
        if (world.deposit(record).isRecorded()) {
          recordIds.add(record.recordId());
        }
      } catch (IOException unanswered) {
        // Without an anchor the record proves nothing; the order still says what was agreed.
        return order;
      }
    }
    return order;
  }

  /** Returns what was delivered, if it is a text that the dispute service takes. */
  private static Optional<String> text(StoredDelivery delivery) {
    if (delivery.content().body().length() > EvidenceDocument.MAX_CHARS) {
      return Optional.empty();
    }
    try (var body = delivery.content().body().open()) {
      var decoder = StandardCharsets.UTF_8.newDecoder();
      return Optional.of(decoder.decode(ByteBuffer.wrap(body.readAllBytes())).toString());
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new RequestRefusedException(
          new Refusal(Problem.UNAVAILABLE, "the delivery cannot be read now")
              .retryAfter(Duration.ofSeconds(1)));
    }
  }

  /** Names the records that the merchant offers for one request. */
  private record OwnRecords(List<String> recordIds) implements Attestations {

    @Override
    public void report(AttestationEvent event) {
      throw new IllegalStateException("the merchant deposits its records itself");
    }

    @Override
    public List<String> recordsOf(Did holder, RecordLinks links) {
      return List.copyOf(recordIds);
    }

    @Override
    public Optional<Did> provider() {
      return Optional.of(DISPUTE_SERVICE);
    }
  }
}
