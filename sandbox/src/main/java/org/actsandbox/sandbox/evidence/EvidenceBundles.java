package org.actsandbox.sandbox.evidence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.actsandbox.merchants.endpoint.Merchants;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.bundle.BundleBuilder;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.attestation.bundle.BundleReport;
import org.actsandbox.protocol.attestation.bundle.TrustAnchors;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.credit.verifier.CreditVerifier;
import org.actsandbox.sandbox.delegation.Delegations;
import org.actsandbox.sandbox.dispute.AskedParty;
import org.actsandbox.sandbox.dispute.Disputes.DisputeWithParties;
import org.actsandbox.sandbox.external.ExternalOrders.SignedOrder;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.trust.record.RecordStore.StoredRecord;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the evidence of one order into one file. The same order with the same records gives the same
 * bytes, because everything is proven under the oldest tree head that covers all of it.
 */
public final class EvidenceBundles {

  private final World world;
  private final TrustService trustService;

  public EvidenceBundles(World world) {
    this.world = world;
    this.trustService = world.participant(TrustService.class);
  }

  /**
   * Returns the bundle of an order; waiting events are recorded first.
   *
   * @param merchant the merchant whose order it is; null where only one uses the number
   * @throws Refusal {@code not_found} for an order without records, {@code unavailable} while
   *     waiting events cannot be recorded, {@code invalid_field} where several merchants use the
   *     number and none is named
   */
  public byte[] of(String orderNo, @Nullable Did merchant) {
    var gathered = gather(orderNo, merchant, Set.of());
    gathered.files().addDocument(BundleBuilder.SUMMARY, gathered.summary(null));
    return seal(orderNo, gathered);
  }

  /** Returns the bundle of an order of the only merchant that uses the number. */
  public byte[] of(String orderNo) {
    return of(orderNo, null);
  }

  /** Verifies the bundle of an order against the identities of this world. */
  public BundleReport verified(String orderNo, @Nullable Did merchant) {
    return BundleCheck.verify(of(orderNo, merchant), TrustAnchors.of(WorldIdentities.of(world)));
  }

  /** Verifies the bundle of an order of the only merchant that uses the number. */
  public BundleReport verified(String orderNo) {
    return verified(orderNo, null);
  }

  /**
   * Returns the bundle of a disputed order, with the claim, the parties' statements and the
   * finding. It has no deliveries, because a ticket has value for any holder.
   */
  public byte[] of(DisputeWithParties disputeWithParties) {
    var orderNo = disputeWithParties.dispute().purchase().orderNo();
    var parties = disputeWithParties.parties();
    var signers =
        parties.stream().map(AskedParty::party).collect(Collectors.toCollection(TreeSet::new));
    var claimant = disputeWithParties.dispute().claim().claimant();
    if (claimant != null) {
      signers.add(claimant);
    }
    var gathered = gather(orderNo, disputeWithParties.dispute().purchase().merchant(), signers);
    var files =
        gathered.files().json(BundleBuilder.CLAIM, disputeWithParties.dispute().signedClaim());
    for (var party : parties) {
      var signed = party.signed();
      if (signed != null) {
        files.addStatement(party.place(), signed);
      }
    }
    var finding = disputeWithParties.dispute().progress().finding();
    if (finding != null) {
      files.json(BundleBuilder.FINDING, finding);
    }
    files.addDocument(BundleBuilder.SUMMARY, gathered.summary(disputeWithParties));
    return seal(orderNo, gathered);
  }

  /** Holds the files of a bundle without the summary. */
  private record Gathered(
      String orderNo, BundleBuilder files, List<StoredRecord> records, TreeHead head) {

    String summary(@Nullable DisputeWithParties dispute) {
      return EvidenceSummaryPage.of(
          orderNo,
          records.stream().map(StoredRecord::record).toList(),
          records.stream().map(storedRecord -> height(storedRecord).orElse(0L)).toList(),
          head,
          dispute);
    }
  }

  private byte[] seal(String orderNo, Gathered gathered) {
    var head = gathered.head();
    return gathered
        .files()
        .seal(
            world.name(),
            orderNo,
            head,
            trustService.world().signers().apply(trustService.world().did(), head.timestamp()));
  }

  private Gathered gather(String orderNo, @Nullable Did merchant, Set<Did> otherSigners) {
    boolean caughtUp = trustService.recorder().catchUp();
    var records = chainOf(OrderRecords.of(trustService.records(), orderNo, merchant));
    if (records.values().stream().anyMatch(storedRecord -> !isSettled(storedRecord))) {
      throw pending();
    }
    if (records.isEmpty()) {
      throw caughtUp ? unknown(orderNo) : pending();
    }
    var heights =
        new TreeSet<>(
            records.values().stream()
                .flatMap(storedRecord -> height(storedRecord).stream())
                .toList());
    if (heights.isEmpty()) {
      throw unknown(orderNo);
    }
    var first = head(heights.first());
    var head = head(heights.last());
    var files = new BundleBuilder();
    documents(files, orderNo, records.values());
    for (var storedRecord : records.values()) {
      var inclusionProof = trustService.chain().anchored(storedRecord.recordId(), head);
      if (height(storedRecord).isPresent() && inclusionProof.isPresent()) {
        files.addRecord(storedRecord.record(), storedRecord.text(), inclusionProof.get());
      } else {
        files.addRecord(storedRecord.record(), storedRecord.text());
      }
    }
    files.addKeys(keys(records.values(), otherSigners));
    files.addChain(
        first, head, trustService.chain().consistency(first.treeSize(), head.treeSize()));
    return new Gathered(orderNo, files, List.copyOf(records.values()), head);
  }

  private static boolean isSettled(StoredRecord storedRecord) {
    return storedRecord.height() != null || storedRecord.refusal() != null;
  }

  private static Optional<Long> height(StoredRecord storedRecord) {
    return Optional.ofNullable(storedRecord.height());
  }

  /** Returns the order's own records and all upstream records, in the order of the events. */
  private Map<String, StoredRecord> chainOf(List<StoredRecord> ofOrder) {
    var found = new TreeMap<String, StoredRecord>();
    var open = new ArrayDeque<>(ofOrder);
    while (!open.isEmpty() && found.size() < RecordCodec.MAX_PER_PURCHASE) {
      var storedRecord = open.removeFirst();
      if (found.put(storedRecord.recordId(), storedRecord) == null) {
        storedRecord.record().upstreamRecords().stream()
            .filter(id -> !found.containsKey(id))
            .forEach(id -> trustService.records().find(id).ifPresent(open::addLast));
      }
    }
    return found;
  }

  /** Adds the documents exactly as they were signed; the records attest their digests. */
  private void documents(BundleBuilder files, String orderNo, Collection<StoredRecord> records) {
    var trades = new ArrayList<String>();
    for (var storedRecord : records) {
      var record = storedRecord.record();
      switch (record.eventType()) {
        case CART_CONFIRMED -> {
          var merchant = new Did(storedRecord.holder());
          order(merchant, orderNo)
              .ifPresent(
                  order -> {
                    files.json(BundleBuilder.ORDER, order);
                    credit(files, merchant, order);
                  });
        }
        case TRANSACTION_COMPLETED -> {
          trades.add(String.valueOf(record.tradeNo()));
          payment(files, record, trades.size());
        }
        case DELEGATION_ISSUED -> delegation(files, record);
        case FULFILLMENT_COMPLETED ->
            confirmation(files, record, trades.indexOf(String.valueOf(record.tradeNo())) + 1);
        default -> {
          // The other events have no signed document.
        }
      }
    }
  }

  /** Adds the verifier's receipt of the query that the merchant made for the order. */
  private void credit(BundleBuilder files, Did merchant, String order) {
    var queryId = Json.parse(order).at("/deposit/query_id").asString("");
    if (queryId.isEmpty()) {
      return;
    }
    world
        .participant(CreditVerifier.class)
        .receipt(merchant, queryId)
        .ifPresent(
            receipt ->
                files.json(
                    BundleBuilder.CREDIT,
                    Json.write(
                        SignedJson.sign(
                            (ObjectNode) Json.tree(receipt),
                            trustService
                                .world()
                                .signers()
                                .apply(World.CREDIT_VERIFIER, receipt.generatedAt())))));
  }

  /** Returns the signed order; of a merchant from outside as its answer had it. */
  private Optional<String> order(Did merchant, String orderNo) {
    return isInside(merchant)
        ? Optional.of(
            world.participant(Merchants.class).get(merchant.name()).orders().confirmation(orderNo))
        : world.externalMerchants().orders().signed(merchant, orderNo).map(SignedOrder::document);
  }

  private boolean isInside(Did merchant) {
    return world.settings().roster().stream().anyMatch(each -> each.did().equals(merchant));
  }

  /**
   * Adds the signed documents of a payment.
   *
   * @param number the number of the payment among those of the order
   */
  private void payment(BundleBuilder files, OffChainRecord record, int number) {
    Optional.ofNullable(record.tradeNo())
        .flatMap(tradeNo -> world.participant(Psp.class).payments().documents(tradeNo))
        .ifPresent(
            documents -> {
              files.json(BundleBuilder.numbered(BundleBuilder.BILL, number), documents.bill());
              files.addDocument(
                  BundleBuilder.numbered(BundleBuilder.APPROVAL, number), documents.approval());
              files.addDocument(
                  BundleBuilder.numbered(BundleBuilder.PROOF, number), documents.proof());
              var shown = documents.shown();
              if (shown != null) {
                files.json(BundleBuilder.numbered(BundleBuilder.SHOWN, number), shown);
              }
            });
  }

  /** Adds the merchant's delivery confirmation. */
  private void confirmation(BundleBuilder files, OffChainRecord record, int number) {
    var merchant = record.participants().getFirst().participantId();
    var orderNo = record.orderNo();
    if (number > 0 && orderNo != null) {
      (isInside(merchant)
              ? signedConfirmation(merchant, orderNo)
              : world.externalMerchants().orders().confirmation(merchant, orderNo))
          .ifPresent(
              confirmation ->
                  files.json(
                      BundleBuilder.numbered(BundleBuilder.CONFIRMATION, number), confirmation));
    }
  }

  /** Returns the confirmation, signed with the merchant's key at the time of delivery. */
  private Optional<String> signedConfirmation(Did merchant, String orderNo) {
    return world
        .participant(Merchants.class)
        .get(merchant.name())
        .confirmations()
        .of(orderNo)
        .map(
            confirmation ->
                Json.write(
                    SignedJson.sign(
                        (ObjectNode) Json.tree(confirmation),
                        trustService
                            .world()
                            .signers()
                            .apply(merchant, confirmation.deliveredAt()))));
  }

  private void delegation(BundleBuilder files, OffChainRecord record) {
    Optional.ofNullable(record.delegationId())
        .flatMap(id -> world.participant(Delegations.class).signedDocuments(id))
        .ifPresent(
            documents ->
                files
                    .addDocument(BundleBuilder.CREDENTIAL, documents.credential())
                    .addDocument(BundleBuilder.AUTHORITY, documents.approval()));
  }

  private KeyPeriods keys(Collection<StoredRecord> records, Set<Did> otherSigners) {
    var all = new TreeSet<>(otherSigners);
    all.add(trustService.world().did());
    if (records.stream().anyMatch(each -> each.record().eventBody().has("credit_record_id"))) {
      all.add(World.CREDIT_VERIFIER);
    }
    records.forEach(
        storedRecord ->
            storedRecord
                .record()
                .participants()
                .forEach(
                    each -> {
                      all.add(each.participantId());
                      if (each.onBehalfOf() != null) {
                        all.add(each.onBehalfOf());
                      }
                    }));
    var periods = new ArrayList<KeyPeriods.KeyPeriod>();
    all.forEach(did -> periods.addAll(trustService.keys(did)));
    return new KeyPeriods(periods);
  }

  private TreeHead head(long height) {
    return trustService
        .chain()
        .headCovering(height)
        .orElseThrow(() -> new IllegalStateException("the chain lost the head over " + height));
  }

  private static Refusal pending() {
    return new Refusal(Problem.UNAVAILABLE, "records of the order wait for the trust service")
        .remedy("Ask again; records catch up within an hour of the world's time.");
  }

  private static Refusal unknown(String orderNo) {
    return new Refusal(Problem.NOT_FOUND, "no record is about this order")
        .at("order_no")
        .observed(orderNo);
  }
}
