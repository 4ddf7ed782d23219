package org.actsandbox.protocol.attestation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.actsandbox.protocol.attestation.KeyPeriods.KeyPeriod;
import org.actsandbox.protocol.attestation.merkle.InclusionProof;
import org.actsandbox.protocol.attestation.merkle.MerkleNodeStore;
import org.actsandbox.protocol.attestation.merkle.MerkleTree;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/** Provides the records of a purchase with all participants' keys and a chain with the anchors. */
public final class TestRecords {

  public static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  public static final Did AGENT = Did.of("agent");
  public static final Did PRINCIPAL = Did.of("principal");
  public static final Did SHOP = Did.of("shop");
  public static final Did PSP = Did.of("psp");
  public static final Did DELEGATIONS = Did.of("delegations");
  public static final Did CREDIT_VERIFIER = Did.of("credit-verifier");
  public static final Did KEEPER = Did.of("keeper");

  public final Map<String, Ed25519KeyPair> pairs = new TreeMap<>();
  public final List<KeyPeriod> periods = new ArrayList<>();
  public final Map<String, OffChainRecord> records = new TreeMap<>();
  public final List<String> chain = new ArrayList<>();
  private final Map<MerkleNodeStore.NodePosition, byte[]> nodes =
      new TreeMap<>(Comparator.comparingLong(MerkleNodeStore.NodePosition::number));

  public TestRecords(HashAlgorithm algorithm) {
    this();
    var intent = RecordLinks.ofIntent("I-1");
    add("E-1", EventType.DECISION_LOGGED, intent, AGENT, List.of(), algorithm);
    add(
        "E-2",
        EventType.CART_CONFIRMED,
        new RecordLinks("I-1", null, "S-1", null),
        SHOP,
        List.of("E-1"),
        algorithm);
    var paid = new RecordLinks("I-1", null, "S-1", "T-1");
    add("E-3", EventType.TRANSACTION_COMPLETED, paid, PSP, List.of("E-2"), algorithm);
    add("E-4", EventType.FULFILLMENT_COMPLETED, paid, SHOP, List.of("E-3"), algorithm);
  }

  private TestRecords() {
    for (var did : List.of(AGENT, PRINCIPAL, SHOP, PSP, DELEGATIONS, CREDIT_VERIFIER, KEEPER)) {
      key(did, 1, Instant.EPOCH, null);
    }
  }

  /** Returns a world in which every participant has its keys and nothing has happened. */
  public static TestRecords none() {
    return new TestRecords();
  }

  /** Records an event with its reporter's signature, and anchors the record. */
  public void recordAndAnchor(
      String id, AttestationEvent event, List<String> upstream, HashAlgorithm algorithm) {
    var salt = new byte[16];
    salt[3] = (byte) id.hashCode();
    var record =
        OffChainRecord.of(
            event,
            new OffChainRecord.Creation(id, event.at().plusSeconds(2), upstream, salt, algorithm),
            pair(event.reporter()));
    records.put(id, record);
    anchor(record);
  }

  public Ed25519KeyPair key(Did did, int number, Instant from, @Nullable Instant until) {
    var seed = new byte[32];
    seed[0] = (byte) did.value().hashCode();
    seed[1] = (byte) number;
    var pair = new Ed25519KeyPair(did.key(number), seed);
    pairs.put(did.key(number), pair);
    periods.removeIf(each -> each.key().signerId().equals(did.key(number)));
    periods.add(new KeyPeriod(pair.publicKey(), from, until));
    return pair;
  }

  /** Replaces the first key of a participant. */
  public void replaceKey(Did did, byte first) {
    var seed = new byte[32];
    seed[0] = first;
    var pair = new Ed25519KeyPair(did.key(1), seed);
    pairs.put(did.key(1), pair);
    periods.removeIf(each -> each.key().signerId().equals(did.key(1)));
    periods.add(new KeyPeriod(pair.publicKey(), Instant.EPOCH, null));
  }

  public Ed25519KeyPair pair(Did did) {
    return pair(did, 1);
  }

  public Ed25519KeyPair pair(Did did, int number) {
    var pair = pairs.get(did.key(number));
    if (pair == null) {
      throw new IllegalStateException("no key of " + did);
    }
    return pair;
  }

  public OffChainRecord record(String id) {
    return Objects.requireNonNull(records.get(id));
  }

  public KeyPeriods keys() {
    return new KeyPeriods(periods);
  }

  private void add(
      String id,
      EventType type,
      RecordLinks links,
      Did reporter,
      List<String> upstream,
      HashAlgorithm algorithm) {
    var record = make(id, type, links, reporter, upstream, algorithm);
    records.put(id, record);
    anchor(record);
  }

  public OffChainRecord make(
      String id,
      EventType type,
      RecordLinks links,
      Did reporter,
      List<String> upstream,
      HashAlgorithm algorithm) {
    var salt = new byte[16];
    salt[3] = (byte) id.hashCode();
    var body = Json.object().put("total", "39.90").put("currency", "CNY").put("nr", id);
    return OffChainRecord.of(
        new AttestationEvent(
            type,
            NOW,
            links,
            List.of(
                Party.of(reporter, Party.Role.MERCHANT),
                new Party(KEEPER, Party.Role.ATTESTATION_PROVIDER, reporter)),
            body),
        new OffChainRecord.Creation(id, NOW.plusSeconds(2), upstream, salt, algorithm),
        pair(reporter));
  }

  public void anchor(OffChainRecord record) {
    var reporter = record.participants().getFirst().participantId();
    append(
        AnchorCodec.sign(
            Anchor.of(record, reporter, "shared", NOW.plusSeconds(3)), pair(reporter)));
  }

  public void append(String compact) {
    MerkleTree.append(this::node, chain.size(), InclusionProof.leafHash(compact))
        .forEach(node -> nodes.put(node.place(), node.hash()));
    chain.add(compact);
  }

  private byte[] node(MerkleNodeStore.NodePosition position) {
    var hash = nodes.get(position);
    if (hash == null) {
      throw new IllegalStateException("no node at " + position);
    }
    return hash;
  }

  public TreeHead head() {
    return head("test", chain.size());
  }

  /** Returns the signed head that the chain had at that size. */
  public TreeHead head(String world, int size) {
    return TreeHead.sign(
        KEEPER + "/" + world + "/0",
        size,
        MerkleTree.root(this::node, size),
        NOW.plusSeconds(4),
        pair(KEEPER));
  }

  /** Returns the proof that the current chain begins with its first {@code size} leaves. */
  public List<String> consistency(int size) {
    return MerkleTree.consistency(this::node, size, chain.size()).stream()
        .map(Base64Url::encode)
        .toList();
  }

  public InclusionProof inclusionProof(int height) {
    return new InclusionProof(
        chain.get(height - 1),
        height,
        MerkleTree.inclusion(this::node, height - 1, chain.size()).stream()
            .map(Base64Url::encode)
            .toList(),
        head());
  }

  /** Returns the chain's answer to a query by record id. */
  public Optional<InclusionProof> find(String recordId) {
    for (int height = chain.size(); height > 0; height--) {
      if (AnchorCodec.read(chain.get(height - 1)).recordId().equals(recordId)) {
        return Optional.of(inclusionProof(height));
      }
    }
    return Optional.empty();
  }
}
