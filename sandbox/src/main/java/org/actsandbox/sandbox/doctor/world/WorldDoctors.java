package org.actsandbox.sandbox.doctor.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.KeyPeriods.KeyPeriod;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.doctor.DoctorKeys;
import org.actsandbox.sandbox.doctor.Examination;
import org.actsandbox.sandbox.doctor.SignatureDoctor;
import org.actsandbox.sandbox.doctor.act.SignedPart;
import org.actsandbox.sandbox.doctor.act.SignedParts;
import org.actsandbox.sandbox.doctor.alipay.AlipayParties;
import org.actsandbox.sandbox.doctor.alipay.AlipayParties.EarlierText;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.KnownKey;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.JournalStore;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Examines signatures with the keys and the journal of a world. */
@Component
public final class WorldDoctors {

  /**
   * Ours: earlier messages in which the signature is looked for. It is stated in exchanges, and
   * reading them has to fit into the time of an answer.
   */
  private static final int EARLIER_EXCHANGES = 100;

  private final ObjectProvider<GatewayPartiesSource> gateways;

  WorldDoctors(ObjectProvider<GatewayPartiesSource> gateways) {
    this.gateways = gateways;
  }

  /** Returns all public keys of the world, those of former participants included. */
  public static List<KnownKey> keys(World world) {
    var ofWorld =
        world.keys().participants().stream().flatMap(did -> world.keys().publicKeys(did).stream());
    var ofAgents =
        world.externalAgents().everRegistered().stream()
            .flatMap(did -> world.externalAgents().remembered(did.key(1)).stream());
    Stream<VerificationKey> ofMerchants =
        world.externalMerchants().everPresent().stream()
            .flatMap(did -> world.externalMerchants().periods(did).stream())
            .map(KeyPeriod::key);
    return Stream.of(ofAgents, ofMerchants, ofWorld)
        .flatMap(each -> each)
        .map(KnownKey::of)
        .toList();
  }

  private DoctorKeys known(World world, Instant at, long before) {
    return new DoctorKeys(keys(world), alipay(world, at, before));
  }

  /**
   * Returns the applications of Alipay's gateway as they were at a time, with the texts of calls
   * that the journal has before an entry.
   */
  public AlipayParties alipay(World world, Instant at, long before) {
    var source = gateways.getIfAvailable();
    return source == null
        ? AlipayParties.of(List.of(), null)
        : source.of(world, at).withEarlierTexts(() -> calls(world.journalStore(), before));
  }

  /** Reads the texts of earlier calls, the newest first: a client may send an old {@code sign}. */
  private static List<EarlierText> calls(JournalStore journal, long before) {
    return exchanges(journal, before)
        .flatMap(
            entry ->
                gatewayText(exchange(entry))
                    .flatMap(SignatureDoctor::gatewayCall)
                    .map(
                        call ->
                            new EarlierText(
                                "journal " + entry.seq(),
                                new String(call.bytesToSign(false), call.charset())))
                    .stream())
        .toList();
  }

  /**
   * Examines a text.
   *
   * @param added adds keys that the user gives
   * @param signedBySender the text that the sender signed; null if it is not known
   */
  public Examination examine(
      World world, String text, UnaryOperator<DoctorKeys> added, byte @Nullable [] signedBySender) {
    var now = world.clock().instant();
    var next = world.journalStore().lastSeq() + 1;
    var doctor =
        new SignatureDoctor(
            added.apply(known(world, now, next)),
            now,
            signedBySender,
            earlier(world.journalStore(), next));
    return doctor.examine(text);
  }

  /**
   * Examines every signature of a journal entry.
   *
   * @throws Refusal {@code not_found} if there is no such exchange
   */
  public Examination examine(
      World world, long seq, UnaryOperator<DoctorKeys> added, byte @Nullable [] signedBySender) {
    var entry =
        world
            .journalStore()
            .find(seq)
            .filter(found -> found.kind() == Kind.EXCHANGE)
            .orElseThrow(
                () ->
                    new Refusal(Problem.NOT_FOUND, "the journal has no exchange " + seq)
                        .at("journal_seq"));
    var exchange = Json.read(entry.data(), JournalExchange.class);
    var doctor =
        new SignatureDoctor(
            added.apply(known(world, entry.at(), seq)),
            entry.at(),
            signedBySender,
            earlier(world.journalStore(), seq));
    var gatewayCall = gatewayText(exchange);
    if (gatewayCall.isPresent()) {
      return doctor.examine(gatewayCall.get());
    }
    var diagnoses = new ArrayList<Diagnosis>();
    parts(exchange).forEach(part -> diagnoses.add(doctor.examine(part)));
    return diagnoses.isEmpty()
        ? new Examination(Examination.Kind.NOTHING_SIGNED, List.of(), "")
        : new Examination(Examination.Kind.ACT_MESSAGE, diagnoses, "");
  }

  /** Returns a signed request of Alipay's form as text; empty for an exchange of another form. */
  public static Optional<String> gatewayText(JournalExchange exchange) {
    return isGatewayCall(exchange) ? Optional.of(httpText(exchange)) : Optional.empty();
  }

  private static boolean isGatewayCall(JournalExchange exchange) {
    var body = exchange.requestBody();
    var text = body == null ? null : body.text();
    return exchange.path().contains("sign=") || (text != null && text.contains("sign="));
  }

  /** Writes a recorded request as text; its bytes are those that the journal kept. */
  private static String httpText(JournalExchange exchange) {
    var text = new StringBuilder(exchange.method()).append(' ').append(exchange.path());
    text.append('\n');
    exchange
        .requestHeaders()
        .forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    var body = exchange.requestBody();
    return text.append('\n')
        .append(body == null || body.text() == null ? "" : body.text())
        .toString();
  }

  /**
   * Finds the signed parts of exchanges before an entry, the newest first. The journal is read
   * once, when the first signature needs it.
   */
  public static Supplier<List<SignedPart>> earlier(JournalStore journal, long before) {
    var read =
        SingletonSupplier.of(
            () ->
                exchanges(journal, before)
                    .map(WorldDoctors::exchange)
                    .flatMap(exchange -> parts(exchange).stream())
                    .toList());
    return read::obtain;
  }

  private static Stream<JournalEntry> exchanges(JournalStore journal, long before) {
    var query =
        JournalQuery.after(Math.max(0, before - 1 - EARLIER_EXCHANGES), EARLIER_EXCHANGES)
            .of(Kind.EXCHANGE);
    return journal.read(query).reversed().stream().filter(entry -> entry.seq() < before);
  }

  private static JournalExchange exchange(JournalEntry entry) {
    return Json.read(entry.data(), JournalExchange.class);
  }

  private static List<SignedPart> parts(JournalExchange exchange) {
    var found = new ArrayList<SignedPart>();
    add(exchange.requestBody(), found);
    exchange.decoded().values().forEach(payload -> found.addAll(SignedParts.of(payload)));
    add(exchange.responseBody(), found);
    return found;
  }

  private static void add(JournalExchange.@Nullable Body body, List<SignedPart> found) {
    if (body != null && body.json() != null) {
      found.addAll(SignedParts.of(body.json()));
    }
  }
}
