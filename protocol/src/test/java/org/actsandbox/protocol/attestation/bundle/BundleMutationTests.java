package org.actsandbox.protocol.attestation.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.attestation.TestRecords;
import org.actsandbox.protocol.attestation.TrustedIdentities;
import org.actsandbox.protocol.attestation.TrustedIdentities.Identity;
import org.actsandbox.protocol.attestation.bundle.BundleReport.KeeperWord;
import org.actsandbox.protocol.attestation.dispute.Claim;
import org.actsandbox.protocol.attestation.dispute.DisputeKind;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests that the verifier finds every change of a bundle, by an attacker or by the keeper itself,
 * or reports that it trusts the keeper in this point.
 */
class BundleMutationTests {

  private static final SignedPurchaseFixture APPROVED =
      SignedPurchaseFixture.approved(HashAlgorithm.SHA_256);
  private static final SignedPurchaseFixture OTHER =
      SignedPurchaseFixture.approved(
          HashAlgorithm.SHA_256, 2, SignedPurchaseFixture.Deviation.NONE);
  private static final SignedPurchaseFixture DELEGATED = SignedPurchaseFixture.delegated();

  private static final TestBundle ONE = TestBundle.of(APPROVED, BundleMutationTests::addClaim);
  private static final TestBundle TWO = TestBundle.of(OTHER, _ -> {});
  private static final TestBundle THREE = TestBundle.of(DELEGATED, _ -> {});

  private static final String CART = "records/002-cart-confirmed.json";
  private static final String PAID = "records/003-transaction-completed.json";
  private static final String DELIVERED = "records/004-fulfillment-completed.json";

  private static void addClaim(BundleBuilder files) {
    var claim =
        new Claim(
            "DSP-1",
            "S-1",
            "T-1",
            DisputeKind.NOT_DELIVERED,
            "It never came.",
            null,
            Claim.BY_PRINCIPAL,
            TestRecords.PRINCIPAL,
            TestRecords.NOW,
            null,
            null,
            null);
    files.json(
        BundleBuilder.CLAIM, APPROVED.signed((ObjectNode) Json.tree(claim), TestRecords.PRINCIPAL));
  }

  /** Returns the identities that {@code GET .../trust/identities} would return. */
  static TrustAnchors known() {
    var roles =
        Map.of(
            TestRecords.PRINCIPAL, TrustedIdentities.Role.PRINCIPAL,
            TestRecords.AGENT, TrustedIdentities.Role.AGENT,
            TestRecords.SHOP, TrustedIdentities.Role.MERCHANT,
            TestRecords.PSP, TrustedIdentities.Role.PAYMENT,
            TestRecords.DELEGATIONS, TrustedIdentities.Role.DELEGATION,
            TestRecords.CREDIT_VERIFIER, TrustedIdentities.Role.CREDIT,
            TestRecords.KEEPER, TrustedIdentities.Role.TRUST);
    var identities = new ArrayList<Identity>();
    new TreeMap<>(roles)
        .forEach(
            (did, role) ->
                identities.add(
                    new Identity(
                        did,
                        role,
                        APPROVED.world.periods.stream()
                            .filter(each -> Did.ofSigner(each.key().signerId()).equals(did))
                            .toList())));
    var list = new TrustedIdentities("test", identities);
    return TrustAnchors.of(TrustedIdentities.parse(Json.bytes(list.json())));
  }

  static TrustAnchors keeper() {
    return TrustAnchors.keeper(
        BundleCheck.fingerprint(APPROVED.world.pair(TestRecords.KEEPER).publicKey()));
  }

  /** Returns all bundles of these tests: valid, unsealed, and sealed by keeper or attacker. */
  static Map<String, byte[]> everyBundle() {
    var all = new LinkedHashMap<String, byte[]>();
    all.put("valid: disputed", ONE.bytes());
    all.put("valid", TWO.bytes());
    all.put("valid: delegated", THREE.bytes());
    all.put(
        "valid: SM3",
        TestBundle.of(SignedPurchaseFixture.approved(HashAlgorithm.SM3), _ -> {}).bytes());
    unsealed()
        .map(Arguments::get)
        .forEach(each -> all.put("unsealed: " + each[0], (byte[]) each[1]));
    resealed()
        .map(Arguments::get)
        .forEach(
            each -> {
              var bundle = (TestBundle) each[1];
              var files = bundle.files();
              ((BundleChange) each[3]).applyTo(files);
              all.put("by the keeper: " + each[0], bundle.sealedAgain(files));
              all.put("by an attacker: " + each[0], sealedByAttacker(bundle, files));
            });
    byAccomplices()
        .map(Arguments::get)
        .forEach(
            each ->
                all.put(
                    "by accomplices: " + each[0],
                    TestBundle.of((SignedPurchaseFixture) each[2], _ -> {}).bytes()));
    all.putAll(CreditReceiptMutationTests.everyBundle());
    return all;
  }

  private static byte[] changed(TestBundle bundle, BundleChange change) {
    var files = bundle.files();
    change.applyTo(files);
    return BundleArchive.write(files);
  }

  // ---- changes by an attacker who cannot seal the bundle again

  static Stream<Arguments> unsealed() {
    var manifest = BundleBuilder.MANIFEST;
    var all = new ArrayList<Arguments>();
    int size = ONE.bytes().length;
    for (int at : new int[] {0, 30, 200, size / 3, size / 2, size - 100, size - 10}) {
      all.add(bytes("bit flipped at " + at, bytes -> ArchiveVariants.flipped(bytes, at)));
    }
    all.addAll(
        List.of(
            bytes("byte appended", bytes -> Arrays.copyOf(bytes, bytes.length + 1)),
            bytes(
                "junk prepended",
                bytes -> ArchiveVariants.concat(new byte[] {'j', 'u', 'n', 'k'}, bytes)),
            bytes(
                "comment added",
                _ ->
                    ArchiveVariants.zip(
                        ONE.files(), zip -> zip.setComment("x"), ArchiveVariants.NORMAL)),
            bytes(
                "deflated",
                _ -> ArchiveVariants.zip(ONE.files(), _ -> {}, ArchiveVariants.DEFLATED)),
            bytes(
                "stored by another tool",
                _ -> ArchiveVariants.zip(ONE.files(), _ -> {}, ArchiveVariants.OTHER_TOOL)),
            bytes(
                "time changed",
                _ -> ArchiveVariants.zip(ONE.files(), _ -> {}, ArchiveVariants.LATER)),
            bytes("entries reversed", _ -> ArchiveVariants.reversed(ONE.files())),
            bytes("name ../x", bytes -> ArchiveVariants.renamed(bytes, "keys.json", "../x.json"))));
    all.addAll(
        List.of(
            one(
                "file added",
                files -> files.put("note.json", "{}".getBytes(StandardCharsets.UTF_8))),
            one(
                "file in folder added",
                files -> files.put("records/009-x.json", "{}".getBytes(StandardCharsets.UTF_8)))));
    for (var name : ONE.files().keySet()) {
      all.add(one("file removed: " + name, BundleChange.remove(name)));
      all.add(one("byte in " + name, BundleChange.byteIn(name)));
    }
    all.addAll(
        List.of(
            one("two records swapped", BundleChange.swap(CART, PAID)),
            one("approval of another order", BundleChange.from(TWO, BundleBuilder.APPROVAL)),
            one("order of another order", BundleChange.from(TWO, BundleBuilder.ORDER)),
            one(
                "summary, order and bill of another",
                BundleChange.from(TWO, BundleBuilder.ORDER, BundleBuilder.BILL)),
            one("manifest of another bundle", BundleChange.from(TWO, manifest)),
            one("manifest: order_no", BundleChange.json(manifest, m -> m.put("order_no", "S-2"))),
            one("manifest: world", BundleChange.json(manifest, m -> m.put("world", "other"))),
            one(
                "manifest: as_of",
                BundleChange.json(manifest, m -> m.put("as_of", "2026-03-02T01:00:05Z"))),
            one(
                "manifest: keeper",
                BundleChange.json(manifest, m -> m.put("keeper", "did:act:shop"))),
            one(
                "manifest: signer",
                BundleChange.json(manifest, m -> m.put("signer_id", "did:act:shop#key-1"))),
            one(
                "manifest: type",
                BundleChange.json(manifest, m -> m.put("signature_type", "RSA2"))),
            one(
                "manifest: sandbox line removed",
                BundleChange.json(manifest, m -> m.remove("sandbox"))),
            one("manifest: unknown member", BundleChange.json(manifest, m -> m.put("more", "x"))),
            one(
                "manifest: signature flipped",
                BundleChange.json(manifest, m -> m.put("signature_content", "A".repeat(86)))),
            one(
                "manifest: signature padded",
                BundleChange.json(
                    manifest,
                    m ->
                        m.put(
                            "signature_content",
                            m.path("signature_content").stringValue() + "=="))),
            one(
                "manifest: an entry twice",
                BundleChange.json(
                    manifest, m -> m.withArray("files").add(m.path("files").path(0)))),
            one(
                "manifest: files reordered",
                BundleChange.json(
                    manifest,
                    m -> {
                      var first = m.withArray("files").remove(0);
                      m.withArray("files").add(first);
                    })),
            one(
                "manifest: pretty-printed",
                BundleChange.text(
                    manifest,
                    m ->
                        Json.mapper()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(Json.parse(m)))),
            one("manifest: trailing newline", BundleChange.text(manifest, m -> m + "\n")),
            one("manifest: leading space", BundleChange.text(manifest, m -> " " + m)),
            one(
                "manifest: members in another order",
                BundleChange.text(manifest, BundleChange::reordered)),
            one(
                "manifest: a letter as escape",
                BundleChange.text(manifest, m -> m.replaceFirst("S-1", "\\\\u0053-1"))),
            one(
                "manifest: a number as fraction",
                BundleChange.text(
                    manifest, m -> m.replaceFirst("\"bytes\":([0-9]+)", "\"bytes\":$1.0"))),
            one(
                "manifest: duplicate key",
                BundleChange.text(manifest, m -> m.replaceFirst("\\{", "{\"order_no\":\"S-9\","))),
            one("manifest: byte order mark", BundleChange.text(manifest, m -> "\ufeff" + m)),
            one(
                "dispute: claim text",
                BundleChange.text(BundleBuilder.CLAIM, c -> c.replace("never", "often")))));
    return all.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unsealed")
  void aChangeWithoutANewSealIsFound(String name, byte[] mutated) {
    var report = BundleCheck.verify(mutated, null);
    assertThat(report.verified()).as(name).isFalse();
    assertThat(
            report.reason() != null || report.records().stream().anyMatch(r -> r.reason() != null))
        .as(name + " has a reason: " + report)
        .isTrue();
  }

  // ---- changes by the keeper itself, or by an attacker in its place

  static Stream<Arguments> resealed() {
    return Stream.of(
        found(
            "record pretty-printed",
            ONE,
            "file_respelled",
            BundleChange.text(PAID, BundleChange::pretty)),
        found(
            "claim pretty-printed",
            ONE,
            "file_respelled",
            BundleChange.text(BundleBuilder.CLAIM, BundleChange::pretty)),
        found(
            "bill pretty-printed",
            ONE,
            "file_respelled",
            BundleChange.text(BundleBuilder.BILL, BundleChange::pretty)),
        found(
            "unknown member in an anchor file",
            ONE,
            "file_unreadable",
            BundleChange.json(BundleChange.anchor(PAID), a -> a.put("more", 1))),
        found(
            "unknown member in keys",
            ONE,
            "file_respelled",
            BundleChange.json(BundleBuilder.KEYS, k -> k.put("more", 1))),
        found(
            "unknown member in consistency",
            ONE,
            "file_unreadable",
            BundleChange.json(BundleBuilder.CONSISTENCY, c -> c.put("more", 1))),
        found(
            "unknown member in a head",
            ONE,
            "file_unreadable",
            BundleChange.json(BundleBuilder.HEAD, h -> h.put("more", 1))),
        keeperOnly(
            "first head is the head",
            ONE,
            KeeperWord.HISTORY,
            files -> {
              files.put(BundleBuilder.FIRST_HEAD, TestBundle.file(files, BundleBuilder.HEAD));
              files.put(
                  BundleBuilder.CONSISTENCY, "{\"path\":[]}".getBytes(StandardCharsets.UTF_8));
            }),
        keeperOnly(
            "fulfilment left out",
            ONE,
            KeeperWord.COMPLETENESS,
            BundleChange.remove(
                DELIVERED, BundleChange.anchor(DELIVERED), BundleBuilder.CONFIRMATION)),
        found(
            "fulfilment record left out, its confirmation kept",
            ONE,
            "file_unknown",
            BundleChange.remove(DELIVERED, BundleChange.anchor(DELIVERED))),
        found(
            "confirmation left out",
            ONE,
            "paper_missing",
            BundleChange.remove(BundleBuilder.CONFIRMATION)),
        keeperOnly(
            "summary tells another amount",
            ONE,
            KeeperWord.SUMMARY,
            BundleChange.text(BundleBuilder.SUMMARY, s -> s + "<p>1.00</p>")),
        found("summary left out", ONE, "paper_missing", BundleChange.remove(BundleBuilder.SUMMARY)),
        found(
            "manifest names another order",
            ONE,
            "order_mixed",
            BundleChange.json(BundleBuilder.MANIFEST, m -> m.put("order_no", "S-2"))),
        found(
            "manifest names another world",
            ONE,
            "world_mixed",
            BundleChange.json(BundleBuilder.MANIFEST, m -> m.put("world", "other"))),
        keeperOnly(
            "manifest and heads name another world",
            ONE,
            KeeperWord.WORLD,
            files -> {
              BundleChange.json(BundleBuilder.MANIFEST, m -> m.put("world", "other"))
                  .applyTo(files);
              files.put(
                  BundleBuilder.FIRST_HEAD,
                  CanonicalJson.bytes(Json.tree(APPROVED.world.head("other", 1))));
              files.put(
                  BundleBuilder.HEAD,
                  CanonicalJson.bytes(Json.tree(APPROVED.world.head("other", 4))));
            }),
        found(
            "approval left out", ONE, "paper_missing", BundleChange.remove(BundleBuilder.APPROVAL)),
        found(
            "shown content left out",
            ONE,
            "paper_missing",
            BundleChange.remove(BundleBuilder.SHOWN)),
        found(
            "shown content changed",
            ONE,
            "paper_contradicts",
            BundleChange.json(BundleBuilder.SHOWN, s -> s.put("payee_name", "Another"))),
        found(
            "order and proof left out",
            ONE,
            "paper_missing",
            BundleChange.remove(BundleBuilder.ORDER, BundleBuilder.PROOF)),
        found("bill left out", ONE, "paper_missing", BundleChange.remove(BundleBuilder.BILL)),
        found(
            "a further page",
            ONE,
            "file_unknown",
            files -> files.put("evil.html", "<p>Paid twice.</p>".getBytes(StandardCharsets.UTF_8))),
        found(
            "a further file of the dispute",
            ONE,
            "file_unknown",
            files -> files.put("dispute/more.json", "{}".getBytes(StandardCharsets.UTF_8))),
        found(
            "a record under another name",
            ONE,
            "file_unknown",
            files -> {
              files.put(
                  "records/005-fulfillment-completed.json", TestBundle.file(files, DELIVERED));
              BundleChange.remove(DELIVERED).applyTo(files);
            }),
        found(
            "approval of another order",
            ONE,
            "paper_not_attested",
            BundleChange.from(TWO, BundleBuilder.APPROVAL, BundleBuilder.SHOWN)),
        found(
            "bill of another order",
            ONE,
            "paper_contradicts",
            BundleChange.from(TWO, BundleBuilder.BILL)),
        found(
            "order of another order",
            ONE,
            "paper_contradicts",
            BundleChange.from(TWO, BundleBuilder.ORDER)),
        found(
            "confirmation of another order",
            ONE,
            "paper_contradicts",
            BundleChange.from(TWO, BundleBuilder.CONFIRMATION)),
        found(
            "bill signed by another participant",
            ONE,
            "paper_not_signed",
            resigned(BundleBuilder.BILL, TestRecords.AGENT)),
        found(
            "confirmation signed by another participant",
            ONE,
            "paper_not_signed",
            resigned(BundleBuilder.CONFIRMATION, TestRecords.AGENT)),
        found(
            "approval without a signature",
            ONE,
            "paper_not_attested",
            BundleChange.json(BundleBuilder.APPROVAL, a -> a.put("signature_content", "AAAA"))),
        found(
            "approval and authority exchanged",
            THREE,
            "paper_contradicts",
            BundleChange.swap(BundleBuilder.APPROVAL, BundleBuilder.AUTHORITY)),
        found(
            "credential left out",
            THREE,
            "paper_missing",
            BundleChange.remove(BundleBuilder.CREDENTIAL)),
        found(
            "authority left out",
            THREE,
            "paper_missing",
            BundleChange.remove(BundleBuilder.AUTHORITY)),
        found(
            "credential with another spelling",
            THREE,
            "paper_not_attested",
            BundleChange.text(BundleBuilder.CREDENTIAL, c -> c + "\n")),
        found(
            "issuance left out",
            THREE,
            "upstream_missing",
            BundleChange.remove(
                "records/002-delegation-issued.json",
                BundleChange.anchor("records/002-delegation-issued.json"))),
        found(
            "an approval that was not required",
            THREE,
            "file_unknown",
            BundleChange.from(ONE, BundleBuilder.SHOWN)),
        // Changes that even the keeper cannot hide.
        broken(
            "amount",
            BundleChange.json(
                PAID, r -> ((ObjectNode) r.path("event_body")).put("amount", "1.00"))),
        broken("payload hash", BundleChange.json(PAID, r -> r.put("payload_hash", "A".repeat(43)))),
        broken("upstream", BundleChange.json(PAID, r -> r.putArray("upstream_records"))),
        broken("order number of a record", BundleChange.json(CART, r -> r.put("order_no", "S-2"))),
        broken(
            "event type",
            BundleChange.json(
                DELIVERED, r -> r.put("event_type", EventType.DECISION_LOGGED.code()))),
        broken(
            "record time",
            BundleChange.json(PAID, r -> r.put("record_time", "2026-03-02T02:00:00Z"))),
        broken(
            "borrowed signature",
            BundleChange.json(
                PAID,
                r ->
                    r.set(
                        "signatures",
                        Json.parse(TestBundle.file(ONE.files(), CART)).path("signatures")))),
        broken(
            "narrowed coverage",
            BundleChange.json(
                PAID,
                r ->
                    ((ObjectNode) r.path("signatures").path(0))
                        .withArray("covered_fields")
                        .remove(0))),
        broken("unknown member in a record", BundleChange.json(PAID, r -> r.put("more", "x"))),
        broken(
            "audit path",
            BundleChange.json(
                BundleChange.anchor(PAID),
                a -> a.withArray("path").set(0, a.path("path").path(1)))),
        broken("height", BundleChange.json(BundleChange.anchor(PAID), a -> a.put("height", 4))),
        broken(
            "cut consistency path",
            BundleChange.json(BundleBuilder.CONSISTENCY, c -> c.withArray("path").remove(0))),
        broken("missing cause", BundleChange.remove(CART, BundleChange.anchor(CART))),
        broken("signature with another S", BundleChange.json(PAID, BundleChange::malleable)));
  }

  /** A change by the known keeper alone is found, or reported as the keeper's own statement. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("resealed")
  void aChangeByTheKeeperIsFoundOrReportedAsItsOwnStatement(
      String name, TestBundle bundle, Object expected, BundleChange change) {
    var files = bundle.files();
    change.applyTo(files);
    var sealed = bundle.sealedAgain(files);
    for (var anchors : List.of(TrustAnchors.NONE, keeper())) {
      var report = BundleCheck.verify(sealed, anchors);
      switch (expected) {
        case KeeperWord word -> {
          assertThat(report.verified()).as(name + ": " + report).isTrue();
          assertThat(report.keeperOnly()).contains(word);
        }
        case String reason when !reason.isEmpty() ->
            assertThat(report.reason()).as(name + ": " + report).isEqualTo(reason);
        default -> assertThat(report.verified()).as(name + ": " + report).isFalse();
      }
    }
    var trusted = BundleCheck.verify(sealed, known());
    if (expected == KeeperWord.WORLD) {
      assertThat(trusted.reason()).isEqualTo("world_differs");
    } else {
      assertThat(trusted.verified()).as(name).isEqualTo(expected instanceof KeeperWord);
    }
  }

  /** An attacker uses its own key under the keeper's name. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("resealed")
  void anAttackersSealIsRefusedIfKeeperOrIdentitiesAreKnown(
      String name, TestBundle bundle, Object expected, BundleChange change) {
    var files = bundle.files();
    change.applyTo(files);
    var sealed = sealedByAttacker(bundle, files);
    assertThat(BundleCheck.verify(sealed, keeper()).verified()).as(name).isFalse();
    assertThat(BundleCheck.verify(sealed, known()).verified()).as(name).isFalse();
    var alone = BundleCheck.verify(sealed, null);
    assertThat(!alone.verified() || alone.keeperOnly().contains(KeeperWord.KEEPER)).isTrue();
  }

  private static byte[] sealedByAttacker(TestBundle bundle, SortedMap<String, byte[]> files) {
    var pair = new Ed25519KeyPair(TestRecords.KEEPER.key(1), new byte[32]);
    var keys = KeyPeriods.parse(TestBundle.file(bundle.files(), BundleBuilder.KEYS)).keys();
    var mixed = new ArrayList<KeyPeriods.KeyPeriod>();
    keys.forEach(
        each ->
            mixed.add(
                each.key().signerId().equals(pair.signerId())
                    ? new KeyPeriods.KeyPeriod(pair.publicKey(), each.validFrom(), null)
                    : each));
    files.put(BundleBuilder.KEYS, CanonicalJson.bytes(new KeyPeriods(mixed).json()));
    for (var head : List.of(BundleBuilder.HEAD, BundleBuilder.FIRST_HEAD)) {
      files.computeIfPresent(
          head,
          (_, bytes) -> CanonicalJson.bytes(SignedJson.sign((ObjectNode) Json.parse(bytes), pair)));
    }
    return bundle.sealedAgain(files, pair);
  }

  // ---- changes by a payment service or a merchant that cooperates with the keeper

  static Stream<Arguments> byAccomplices() {
    return Stream.of(
        forged(
            "approval signed by another participant",
            "paper_not_signed",
            resignedDocument(BundleBuilder.APPROVAL, TestRecords.AGENT)),
        forged(
            "approval signed by the payment service",
            "paper_not_signed",
            resignedDocument(BundleBuilder.APPROVAL, TestRecords.PSP)),
        forged(
            "order signed by another participant",
            "paper_not_signed",
            resignedDocument(BundleBuilder.ORDER, TestRecords.AGENT)),
        forged(
            "approval with an invalid signature",
            "paper_not_signed",
            new SignedPurchaseFixture.Deviation() {
              @Override
              public String document(SignedPurchaseFixture of, String name, String honest) {
                return name.equals(BundleBuilder.APPROVAL)
                    ? Json.write(((ObjectNode) Json.parse(honest)).put("signature_content", "AAAA"))
                    : honest;
              }
            }),
        forged(
            "a decline shown as an approval",
            "paper_contradicts",
            new SignedPurchaseFixture.Deviation() {
              @Override
              public String document(SignedPurchaseFixture of, String name, String honest) {
                return name.equals(BundleBuilder.APPROVAL)
                    ? of.signed(
                        ((ObjectNode) Json.parse(honest)).put("decision", "DECLINE"),
                        TestRecords.PRINCIPAL)
                    : honest;
              }
            }),
        forged(
            "paid for another intent",
            "intent_mixed",
            links(
                EventType.TRANSACTION_COMPLETED,
                l -> new RecordLinks("I-2", null, l.orderNo(), l.tradeNo()))),
        forged(
            "a delegation in one record only",
            "delegation_mixed",
            links(
                EventType.TRANSACTION_COMPLETED,
                l -> new RecordLinks(l.intentId(), "D-1", l.orderNo(), l.tradeNo()))),
        forged(
            "delivered for another order",
            "order_mixed",
            links(
                EventType.FULFILLMENT_COMPLETED,
                l -> new RecordLinks(l.intentId(), null, "S-2", l.tradeNo()))),
        forged(
            "delivered for another payment",
            "fulfilment_unpaid",
            links(
                EventType.FULFILLMENT_COMPLETED,
                l -> new RecordLinks(l.intentId(), null, l.orderNo(), "T-2"))),
        Arguments.of(
            "credential made by the agent",
            "paper_contradicts",
            SignedPurchaseFixture.delegated(
                TestRecords.AGENT, SignedPurchaseFixture.Deviation.NONE)),
        Arguments.of(
            "authority signed by the agent",
            "paper_not_signed",
            SignedPurchaseFixture.delegated(
                TestRecords.PRINCIPAL,
                resignedDocument(BundleBuilder.AUTHORITY, TestRecords.AGENT))),
        Arguments.of(
            "reliance signed by the agent",
            "paper_not_signed",
            SignedPurchaseFixture.delegated(
                TestRecords.PRINCIPAL,
                resignedDocument(BundleBuilder.APPROVAL, TestRecords.AGENT))),
        Arguments.of(
            "cart without the delegation",
            "delegation_mixed",
            SignedPurchaseFixture.delegated(
                TestRecords.PRINCIPAL,
                links(
                    EventType.CART_CONFIRMED,
                    l -> new RecordLinks(l.intentId(), null, l.orderNo(), null)))),
        Arguments.of(
            "a delegation without a record",
            "delegation_not_attested",
            SignedPurchaseFixture.neverIssued()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("byAccomplices")
  void noAccompliceCanForgeThePrincipalsApproval(
      String name, String reason, SignedPurchaseFixture purchase) {
    var bundle = TestBundle.of(purchase, _ -> {}).bytes();
    for (var anchors : List.of(TrustAnchors.NONE, keeper(), known())) {
      var report = BundleCheck.verify(bundle, anchors);
      assertThat(report.verified()).as(name).isFalse();
      assertThat(report.reason()).as(name + ": " + report).isEqualTo(reason);
    }
  }

  @org.junit.jupiter.api.Test
  void validBundlesReportTheSignerOfEachDocument() {
    for (var bundle : List.of(ONE, TWO, THREE)) {
      var report = BundleCheck.verify(bundle.bytes(), known());
      assertThat(report.verified()).as(report.toString()).isTrue();
      assertThat(report.keeperOnly())
          .containsExactlyInAnyOrder(KeeperWord.COMPLETENESS, KeeperWord.SUMMARY);
    }
    var papers = new TreeMap<String, String>();
    BundleCheck.verify(THREE.bytes(), null)
        .papers()
        .forEach(each -> papers.put(each.name(), String.valueOf(each.signer())));
    assertThat(papers)
        .containsEntry(BundleBuilder.CREDENTIAL, "did:act:principal#key-1")
        .containsEntry(BundleBuilder.AUTHORITY, "did:act:principal#key-1")
        .containsEntry(BundleBuilder.APPROVAL, "did:act:psp#key-1")
        .containsEntry(BundleBuilder.ORDER, "did:act:shop#key-1")
        .containsEntry(BundleBuilder.BILL, "did:act:shop#key-1")
        .containsEntry(BundleBuilder.PROOF, "did:act:psp#key-1")
        .containsEntry(BundleBuilder.CONFIRMATION, "did:act:shop#key-1")
        .containsEntry(BundleBuilder.MANIFEST, "did:act:keeper#key-1")
        .containsEntry(BundleBuilder.SUMMARY, "null");
    assertThat(BundleCheck.verify(ONE.bytes(), null).kind()).isEqualTo(BundlePurchaseKind.APPROVED);
    assertThat(BundleCheck.verify(THREE.bytes(), null).kind())
        .isEqualTo(BundlePurchaseKind.DELEGATED);
  }

  /** A party that cooperates with the keeper uses another key under its own name. */
  @org.junit.jupiter.api.Test
  void forgedKeysInABundleAreRefusedIfIdentitiesAreKnown() {
    var forged =
        SignedPurchaseFixture.approved(
            HashAlgorithm.SHA_256, 1, SignedPurchaseFixture.Deviation.NONE);
    var names = new ArrayList<>(List.of("principal", "psp", "shop", "agent"));
    for (var party : names) {
      var reworked = SignedPurchaseFixture.withKey(Did.of(party), (byte) 99);
      var bundle = TestBundle.of(reworked, _ -> {}).bytes();
      assertThat(BundleCheck.verify(bundle, keeper()).verified())
          .as("a keeper that brings another key of the " + party)
          .isTrue();
      assertThat(BundleCheck.verify(bundle, keeper()).keeperOnly()).contains(KeeperWord.KEYS);
      assertThat(BundleCheck.verify(bundle, known()).verified())
          .as("known keys, another one of the " + party)
          .isFalse();
    }
    assertThat(BundleCheck.verify(TestBundle.of(forged, _ -> {}).bytes(), known()).verified())
        .isTrue();
  }

  private static Arguments found(
      String name, TestBundle bundle, String reason, BundleChange change) {
    return Arguments.of(name, bundle, reason, change);
  }

  private static Arguments keeperOnly(
      String name, TestBundle bundle, KeeperWord word, BundleChange change) {
    return Arguments.of(name, bundle, word, change);
  }

  private static Arguments broken(String name, BundleChange change) {
    return Arguments.of(name, ONE, "", change);
  }

  private static Arguments forged(
      String name, String reason, SignedPurchaseFixture.Deviation deviation) {
    return Arguments.of(
        name, reason, SignedPurchaseFixture.approved(HashAlgorithm.SHA_256, 1, deviation));
  }

  private static SignedPurchaseFixture.Deviation resignedDocument(String document, Did signer) {
    return new SignedPurchaseFixture.Deviation() {
      @Override
      public String document(SignedPurchaseFixture of, String name, String honest) {
        return name.equals(document) ? of.signed((ObjectNode) Json.parse(honest), signer) : honest;
      }
    };
  }

  private static SignedPurchaseFixture.Deviation links(
      EventType of, UnaryOperator<RecordLinks> change) {
    return new SignedPurchaseFixture.Deviation() {
      @Override
      public RecordLinks links(EventType type, RecordLinks honest) {
        return type == of ? change.apply(honest) : honest;
      }
    };
  }

  private static BundleChange resigned(String name, Did signer) {
    return files ->
        files.computeIfPresent(
            name,
            (_, bytes) ->
                CanonicalJson.bytes(
                    SignedJson.sign((ObjectNode) Json.parse(bytes), APPROVED.world.pair(signer))));
  }

  private static Arguments one(String name, BundleChange change) {
    return Arguments.of(name, changed(ONE, change));
  }

  private static Arguments bytes(String name, UnaryOperator<byte[]> change) {
    return Arguments.of(name, change.apply(ONE.bytes()));
  }
}
