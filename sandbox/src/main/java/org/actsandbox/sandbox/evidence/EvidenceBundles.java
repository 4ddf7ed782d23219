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
import org.actsandbox.sandbox.delegation.Delegations;
import org.actsandbox.sandbox.dispute.AskedParty;
import org.actsandbox.sandbox.dispute.Disputes.DisputeWithParties;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.trust.record.RecordStore.LookupKey;
import org.actsandbox.sandbox.trust.record.RecordStore.StoredRecord;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the evidence of one order into one file. The same order with the same records gives the same
 * bytes: everything is proven to the oldest tree head that covers all of it.
 */
public final class EvidenceBundles {

  private final World world;
  private final TrustService trustService;

  public EvidenceBundles(World world) {
    this.world = world;
    this.trustService = world.participant(TrustService.class);
  }

  /**
   * The bundle's bytes. What is not recorded yet is recorded first.
   *
   * @throws Refusal {@code not_found} for an order nobody attested, {@code unavailable} while the
   *     trust service does not take what waits for it
   */
  public byte[] of(String orderNo) {
    var gathered = gather(orderNo, Set.of());
    gathered.files().addDocument(BundleBuilder.SUMMARY, gathered.summary(null));
    return sealed(orderNo, gathered);
  }

  /** The bundle of an order, held against who is who in this world. */
  public BundleReport verified(String orderNo) {
    return BundleCheck.verify(of(orderNo), TrustAnchors.of(WorldIdentities.of(world)));
  }

  /**
   * Likewise of a disputed order, with the claim, what the parties said and the finding. Deliveries
   * are not in it: a ticket is worth something to whoever has it.
   */
  public byte[] of(DisputeWithParties disputeWithParties) {
    var orderNo = disputeWithParties.dispute().matter().orderNo();
    var parties = disputeWithParties.parties();
    var signers =
        parties.stream().map(AskedParty::party).collect(Collectors.toCollection(TreeSet::new));
    var claimant = disputeWithParties.dispute().claim().claimant();
    if (claimant != null) {
      signers.add(claimant);
    }
    var gathered = gather(orderNo, signers);
    var files =
        gathered.files().json(BundleBuilder.CLAIM, disputeWithParties.dispute().signedClaim());
    for (var party : parties) {
      var signed = party.signed();
      if (signed != null) {
        files.addStatement(party.place(), signed);
      }
    }
    var finding = disputeWithParties.dispute().now().finding();
    if (finding != null) {
      files.json(BundleBuilder.FINDING, finding);
    }
    files.addDocument(BundleBuilder.SUMMARY, gathered.summary(disputeWithParties));
    return sealed(orderNo, gathered);
  }

  /** Everything about an order but the summary. */
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

  private byte[] sealed(String orderNo, Gathered gathered) {
    var head = gathered.head();
    return gathered
        .files()
        .seal(
            world.name(),
            orderNo,
            head,
            trustService.world().signers().apply(trustService.world().did(), head.timestamp()));
  }

  private Gathered gather(String orderNo, Set<Did> more) {
    boolean caughtUp = trustService.recorder().catchUp();
    var records = chainOf(orderNo);
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
    papers(files, orderNo, records.values());
    for (var storedRecord : records.values()) {
      var inclusionProof = trustService.chain().anchored(storedRecord.recordId(), head);
      if (height(storedRecord).isPresent() && inclusionProof.isPresent()) {
        files.addRecord(storedRecord.record(), storedRecord.text(), inclusionProof.get());
      } else {
        files.addRecord(storedRecord.record(), storedRecord.text());
      }
    }
    files.addKeys(keys(records.values(), more));
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

  /** The order's own records and all they follow from, in the order in which it happened. */
  private Map<String, StoredRecord> chainOf(String orderNo) {
    var found = new TreeMap<String, StoredRecord>();
    var open = new ArrayDeque<>(trustService.records().ofFlow(LookupKey.ORDER, orderNo));
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

  /** Papers exactly as they were signed; whose digests the records attest. */
  private void papers(BundleBuilder files, String orderNo, Collection<StoredRecord> records) {
    var trades = new ArrayList<String>();
    for (var storedRecord : records) {
      var record = storedRecord.record();
      switch (record.eventType()) {
        case CART_CONFIRMED ->
            files.json(BundleBuilder.ORDER, order(new Did(storedRecord.holder()), orderNo));
        case TRANSACTION_COMPLETED -> {
          trades.add(String.valueOf(record.tradeNo()));
          payment(files, record, trades.size());
        }
        case DELEGATION_ISSUED -> delegation(files, record);
        case FULFILLMENT_COMPLETED ->
            confirmation(files, record, trades.indexOf(String.valueOf(record.tradeNo())) + 1);
        default -> {
          // the other events leave no signed paper behind
        }
      }
    }
  }

  private String order(Did merchant, String orderNo) {
    return world.participant(Merchants.class).get(merchant.name()).orders().confirmation(orderNo);
  }

  /**
   * @param number of the payment among those of the order
   */
  private void payment(BundleBuilder files, OffChainRecord record, int number) {
    Optional.ofNullable(record.tradeNo())
        .flatMap(tradeNo -> world.participant(Psp.class).payments().papers(tradeNo))
        .ifPresent(
            papers -> {
              files.json(BundleBuilder.numbered(BundleBuilder.BILL, number), papers.bill());
              files.addDocument(
                  BundleBuilder.numbered(BundleBuilder.APPROVAL, number), papers.approval());
              files.addDocument(
                  BundleBuilder.numbered(BundleBuilder.PROOF, number), papers.proof());
              var shown = papers.shown();
              if (shown != null) {
                files.json(BundleBuilder.numbered(BundleBuilder.SHOWN, number), shown);
              }
            });
  }

  /** What the merchant told the payment service, with its key of the time it delivered. */
  private void confirmation(BundleBuilder files, OffChainRecord record, int number) {
    var merchant = record.participants().getFirst().participantId();
    if (number > 0 && record.orderNo() != null) {
      world
          .participant(Merchants.class)
          .get(merchant.name())
          .confirmations()
          .of(record.orderNo())
          .ifPresent(
              told ->
                  files.json(
                      BundleBuilder.numbered(BundleBuilder.CONFIRMATION, number),
                      Json.write(
                          SignedJson.sign(
                              (ObjectNode) Json.tree(told),
                              trustService
                                  .world()
                                  .signers()
                                  .apply(merchant, told.deliveredAt())))));
    }
  }

  private void delegation(BundleBuilder files, OffChainRecord record) {
    Optional.ofNullable(record.delegationId())
        .flatMap(id -> world.participant(Delegations.class).signedDocuments(id))
        .ifPresent(
            papers ->
                files
                    .addDocument(BundleBuilder.CREDENTIAL, papers.credential())
                    .addDocument(BundleBuilder.AUTHORITY, papers.approval()));
  }

  private KeyPeriods keys(Collection<StoredRecord> records, Set<Did> more) {
    var all = new TreeSet<>(more);
    all.add(trustService.world().did());
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
