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
import org.actsandbox.merchants.Merchants;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.attestation.bundle.BundleFiles;
import org.actsandbox.protocol.attestation.bundle.BundleReport;
import org.actsandbox.protocol.attestation.bundle.TrustAnchors;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.delegation.Delegations;
import org.actsandbox.sandbox.dispute.Asked;
import org.actsandbox.sandbox.dispute.Disputes;
import org.actsandbox.sandbox.psp.Psp;
import org.actsandbox.sandbox.trust.Trust;
import org.actsandbox.sandbox.trust.record.RecordStore.By;
import org.actsandbox.sandbox.trust.record.RecordStore.Kept;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the evidence of one order into one file. The same order with the same records gives the same
 * bytes: everything is proven to the oldest tree head that covers all of it.
 */
public final class EvidenceBundles {

  private final World world;
  private final Trust trust;

  public EvidenceBundles(World world) {
    this.world = world;
    this.trust = world.part(Trust.class);
  }

  /**
   * The bundle's bytes. What is not recorded yet is recorded first.
   *
   * @throws Refusal {@code not_found} for an order nobody attested, {@code unavailable} while the
   *     trust service does not take what waits for it
   */
  public byte[] of(String orderNo) {
    var gathered = gather(orderNo, Set.of());
    gathered.files().paper(BundleFiles.SUMMARY, gathered.summary(null));
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
  public byte[] of(Disputes.Whole whole) {
    var orderNo = whole.dispute().matter().orderNo();
    var parties = whole.parties();
    var signers = parties.stream().map(Asked::party).collect(Collectors.toCollection(TreeSet::new));
    var claimant = whole.dispute().claim().claimant();
    if (claimant != null) {
      signers.add(claimant);
    }
    var gathered = gather(orderNo, signers);
    var files = gathered.files().json(BundleFiles.CLAIM, whole.dispute().signedClaim());
    for (var party : parties) {
      var signed = party.signed();
      if (signed != null) {
        files.statement(party.place(), signed);
      }
    }
    var finding = whole.dispute().now().finding();
    if (finding != null) {
      files.json(BundleFiles.FINDING, finding);
    }
    files.paper(BundleFiles.SUMMARY, gathered.summary(whole));
    return sealed(orderNo, gathered);
  }

  /** Everything about an order but the summary. */
  private record Gathered(String orderNo, BundleFiles files, List<Kept> records, TreeHead head) {

    String summary(Disputes.@Nullable Whole dispute) {
      return SummaryPage.of(
          orderNo,
          records.stream().map(Kept::record).toList(),
          records.stream().map(kept -> height(kept).orElse(0L)).toList(),
          head,
          dispute);
    }
  }

  private byte[] sealed(String orderNo, Gathered gathered) {
    var head = gathered.head();
    return gathered
        .files()
        .sealed(
            world.name(),
            orderNo,
            head,
            trust.world().signers().apply(trust.world().did(), head.timestamp()));
  }

  private Gathered gather(String orderNo, Set<Did> more) {
    boolean caughtUp = trust.recorder().catchUp();
    var records = chainOf(orderNo);
    if (records.values().stream().anyMatch(kept -> !isSettled(kept))) {
      throw pending();
    }
    if (records.isEmpty()) {
      throw caughtUp ? unknown(orderNo) : pending();
    }
    var heights =
        new TreeSet<>(records.values().stream().flatMap(kept -> height(kept).stream()).toList());
    if (heights.isEmpty()) {
      throw unknown(orderNo);
    }
    var first = head(heights.first());
    var head = head(heights.last());
    var files = new BundleFiles();
    papers(files, orderNo, records.values());
    for (var kept : records.values()) {
      var anchored = trust.chain().anchored(kept.recordId(), head);
      if (height(kept).isPresent() && anchored.isPresent()) {
        files.record(kept.record(), kept.text(), anchored.get());
      } else {
        files.record(kept.record(), kept.text());
      }
    }
    files.keys(keys(records.values(), more));
    files.chain(first, head, trust.chain().consistency(first.treeSize(), head.treeSize()));
    return new Gathered(orderNo, files, List.copyOf(records.values()), head);
  }

  private static boolean isSettled(Kept kept) {
    return kept.height() != null || kept.refusal() != null;
  }

  private static Optional<Long> height(Kept kept) {
    return Optional.ofNullable(kept.height());
  }

  /** The order's own records and all they follow from, in the order in which it happened. */
  private Map<String, Kept> chainOf(String orderNo) {
    var found = new TreeMap<String, Kept>();
    var open = new ArrayDeque<>(trust.records().of(By.ORDER, orderNo));
    while (!open.isEmpty() && found.size() < RecordCodec.MAX_OF_A_FLOW) {
      var kept = open.removeFirst();
      if (found.put(kept.recordId(), kept) == null) {
        kept.record().upstreamRecords().stream()
            .filter(id -> !found.containsKey(id))
            .forEach(id -> trust.records().find(id).ifPresent(open::addLast));
      }
    }
    return found;
  }

  /** Papers exactly as they were signed; whose digests the records attest. */
  private void papers(BundleFiles files, String orderNo, Collection<Kept> records) {
    var trades = new ArrayList<String>();
    for (var kept : records) {
      var record = kept.record();
      switch (record.eventType()) {
        case CART_CONFIRMED ->
            files.json(BundleFiles.ORDER, order(new Did(kept.holder()), orderNo));
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
    return world.part(Merchants.class).get(merchant.name()).orderBook().confirmation(orderNo);
  }

  /**
   * @param number of the payment among those of the order
   */
  private void payment(BundleFiles files, OffChainRecord record, int number) {
    Optional.ofNullable(record.tradeNo())
        .flatMap(tradeNo -> world.part(Psp.class).payments().papers(tradeNo))
        .ifPresent(
            papers -> {
              files.json(BundleFiles.numbered(BundleFiles.BILL, number), papers.bill());
              files.paper(BundleFiles.numbered(BundleFiles.APPROVAL, number), papers.approval());
              files.paper(BundleFiles.numbered(BundleFiles.PROOF, number), papers.proof());
              var shown = papers.shown();
              if (shown != null) {
                files.json(BundleFiles.numbered(BundleFiles.SHOWN, number), shown);
              }
            });
  }

  /** What the merchant told the payment service, with its key of the time it delivered. */
  private void confirmation(BundleFiles files, OffChainRecord record, int number) {
    var merchant = record.participants().getFirst().participantId();
    if (number > 0 && record.orderNo() != null) {
      world
          .part(Merchants.class)
          .get(merchant.name())
          .confirmations()
          .of(record.orderNo())
          .ifPresent(
              told ->
                  files.json(
                      BundleFiles.numbered(BundleFiles.CONFIRMATION, number),
                      Json.write(
                          SignedJson.sign(
                              (ObjectNode) Json.tree(told),
                              trust.world().signers().apply(merchant, told.deliveredAt())))));
    }
  }

  private void delegation(BundleFiles files, OffChainRecord record) {
    Optional.ofNullable(record.delegationId())
        .flatMap(id -> world.part(Delegations.class).papers(id))
        .ifPresent(
            papers ->
                files
                    .paper(BundleFiles.CREDENTIAL, papers.credential())
                    .paper(BundleFiles.AUTHORITY, papers.approval()));
  }

  private KeyPeriods keys(Collection<Kept> records, Set<Did> more) {
    var all = new TreeSet<>(more);
    all.add(trust.world().did());
    records.forEach(
        kept ->
            kept.record()
                .participants()
                .forEach(
                    each -> {
                      all.add(each.participantId());
                      if (each.onBehalfOf() != null) {
                        all.add(each.onBehalfOf());
                      }
                    }));
    var periods = new ArrayList<KeyPeriods.KeyPeriod>();
    all.forEach(did -> periods.addAll(trust.keys(did)));
    return new KeyPeriods(periods);
  }

  private TreeHead head(long height) {
    return trust
        .chain()
        .headCovering(height)
        .orElseThrow(() -> new IllegalStateException("the chain lost the head over " + height));
  }

  private static Refusal pending() {
    return new Refusal(Problem.UNAVAILABLE, "records of the order wait for the trust service")
        .remedy("Ask again; records catch up within an hour of the world's time.");
  }

  private static Refusal unknown(String orderNo) {
    return new Refusal(Problem.NOT_FOUND, "no record tells of this order")
        .at("order_no")
        .observed(orderNo);
  }
}
