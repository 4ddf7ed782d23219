package org.actsandbox.sandbox.psp;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.actsandbox.participant.ParticipantContext;
import org.actsandbox.participant.Transactions;
import org.actsandbox.protocol.a402.MethodLayer;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignatureType;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.protocol.time.BackgroundTurns;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.key.Hmac;
import org.actsandbox.sandbox.key.KnownPins;
import org.actsandbox.sandbox.key.PinCheckResult;
import org.actsandbox.sandbox.key.PinStorage;
import org.actsandbox.sandbox.key.PrincipalSigner;
import org.actsandbox.sandbox.key.Principals;
import org.actsandbox.sandbox.notification.NotificationChannels;
import org.actsandbox.sandbox.notification.WebhookEndpoints;
import org.actsandbox.sandbox.notification.WebhookSecrets;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.psp.endpoint.PspParts;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.instrument.InstrumentBindings;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.world.World;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/** Runs a payment service on a real database, with a clock to move and peers that answer it. */
final class PspTestBench implements AutoCloseable {

  static final Did AGENT = Did.of("demo-agent");
  static final Did OTHER_AGENT = Did.of("other-agent");
  static final Did SHOP = Did.of("luma-mart");
  static final Did RAIL = Did.of("raileast");
  static final Did PRINCIPAL = Did.of("principal");
  static final Caller PRINCIPAL_CALLER = new Caller(Role.PRINCIPAL, PRINCIPAL);
  static final Did PSP = Did.of("sandbox-pay");
  static final Did STATUS = Did.of("sandbox-delegations");
  static final String PIN = "246810";

  private static final SecretKey PIN_SECRET =
      new SecretKeySpec("bench".getBytes(StandardCharsets.US_ASCII), "HmacSHA256");

  static final Instant START = Instant.parse("2026-03-02T01:00:00Z");

  final AtomicReference<Instant> now = new AtomicReference<>(START);

  /** The machine's clock, which measures locks of PINs. */
  final AtomicReference<Instant> machine = new AtomicReference<>(START);

  final List<JournalNote> journal = new CopyOnWriteArrayList<>();

  /** The merchant and the status service, which the payment service calls. */
  final PspTestPeers peers;

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Map<String, Ed25519KeyPair> keys = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final JdbcConnectionPool pool;
  final RecordedStatements statements;
  private final PooledOutboundClient outbound = new PooledOutboundClient(_ -> true);
  private final PspWorld world;
  private final WebhookEndpoints endpoints;
  private Psp psp;

  PspTestBench() {
    this("20000.00", "50000.00");
  }

  PspTestBench(String balance, String cardLimit) {
    pool = MigratedDatabase.open("psp" + NUMBER.incrementAndGet());
    pool.setMaxConnections(32);
    statements = new RecordedStatements(pool);
    for (var did : List.of(AGENT, OTHER_AGENT, SHOP, RAIL, PRINCIPAL, PSP, STATUS)) {
      addKey(did, 1);
    }
    peers = new PspTestPeers(now::get, list -> SignedJson.sign(list, signer(STATUS)));
    endpoints = new WebhookEndpoints(JdbcClient.create(pool), "test");
    world = world(balance, cardLimit);
    psp = new Psp(world);
  }

  /** Asks for a binding and confirms its content. */
  Instrument bind(InstrumentBindings.BindingRequest request) {
    var asked = psp.bindings().ask(PRINCIPAL, request).shown();
    var decision = new ApprovalRequest("APPROVE", asked.digest(), PIN);
    var bound = psp.bindings().decide(PRINCIPAL, asked.bindingId(), decision).shown();
    return psp.instruments().get(java.util.Objects.requireNonNull(bound.instrumentRef()));
  }

  Psp psp() {
    return psp;
  }

  PspWorld world() {
    return world;
  }

  /** Restarts the service as after a crash, without its memory. */
  void restart() {
    psp.close();
    psp = new Psp(world);
  }

  void addKey(Did owner, int number) {
    var seed = new byte[32];
    System.arraycopy(owner.key(number).getBytes(StandardCharsets.UTF_8), 0, seed, 0, 16);
    seed[30] = (byte) owner.hashCode();
    seed[31] = (byte) number;
    keys.put(owner.key(number), new Ed25519KeyPair(owner.key(number), seed));
  }

  Signer signer(Did owner) {
    int number = 1;
    while (keys.containsKey(owner.key(number + 1))) {
      number++;
    }
    return Objects.requireNonNull(keys.get(owner.key(number)));
  }

  Optional<VerificationKey> publicKey(String signerId) {
    return Optional.ofNullable(keys.get(signerId)).map(Ed25519KeyPair::publicKey);
  }

  /** Advances the clock and does the work that became due. */
  void advance(Duration by) {
    var then = now.updateAndGet(at -> at.plus(by));
    for (DueWork work : psp.dueWork()) {
      work.fireDue(then);
    }
  }

  /** Advances the clock and starts due work as a running clock does. */
  void tick(Duration by) {
    var then = now.updateAndGet(at -> at.plus(by));
    for (DueWork work : psp.dueWork()) {
      work.startDue(then);
    }
  }

  /** Returns the reference of the agent's instrument on {@code account}. */
  String instrument(String account) {
    return psp.instruments().newest(PRINCIPAL, AGENT, null).items().stream()
        .filter(instrument -> instrument.account().equals(account))
        .findFirst()
        .orElseThrow()
        .ref();
  }

  ObjectNode bill(Did payee, String orderNo, String amount) {
    var bill =
        new PaymentNeeded.Bill(
            PaymentNeeded.METHOD_ID,
            PaymentNeeded.METHOD_VERSION,
            orderNo,
            amount,
            "CNY",
            "fulfilment/" + orderNo,
            now.get().plus(Duration.ofMinutes(10)),
            payee.value(),
            AGENT.value(),
            "GET",
            "sha-256:" + "f".repeat(43),
            null,
            300,
            confirmation(payee, orderNo, amount),
            null,
            null,
            null);
    return SignedJson.sign((ObjectNode) Json.tree(bill), signer(payee));
  }

  /** Returns the method layer that the payee sends with a bill. */
  ObjectNode billMethod(Did payee, ObjectNode bill) {
    var members = Map.of("psp_id", PSP.value(), "amount", "1.00", "sandbox", true);
    return (ObjectNode) Json.tree(MethodLayer.signed(bill, members, signer(payee)));
  }

  private PaymentNeeded.CommerceConfirmation confirmation(
      Did payee, String orderNo, String amount) {
    return new PaymentNeeded.CommerceConfirmation(
        orderNo,
        RequestFingerprint.digest(CanonicalJson.bytes(order(payee, orderNo, amount))),
        "http://localhost/orders/" + orderNo);
  }

  /** Returns the payee's signed order: one cable. */
  ObjectNode order(Did payee, String orderNo, String amount) {
    var order = Json.object();
    order.put("order_no", orderNo);
    order.put("merchant_did", payee.value());
    order.put("total", amount);
    order.put("currency", "CNY");
    var line = order.putArray("lines").addObject();
    line.put("offer_id", "o1").put("item_id", "P0001").put("quantity", 1);
    line.putObject("title").put("en", "Cable").put("zh", "数据线");
    var facts = line.putObject("facts").put("kind", payee.equals(SHOP) ? "shop" : "train");
    facts.putArray("names").add("USB-C cable").add("cable").add("数据线");
    facts.putArray("attributes").add("black");
    return SignedJson.sign(order, signer(payee));
  }

  /** Returns a valid request, not signed yet. */
  ObjectNode request(String id, Did payee, String orderNo, String amount) {
    var request = Json.object();
    request.put("request_id", id);
    request.put("merchant_order_no", orderNo);
    request.put("instrument_ref", instrument("balance"));
    request.put("amount", amount);
    request.put("currency", "CNY");
    request.put("timestamp", now.get().toString());
    request.put("agent_id", AGENT.value());
    request.put("payee", payee.value());
    request.put("intent_id", "I-1");
    request.set("bill", bill(payee, orderNo, amount));
    return request;
  }

  Trade take(ObjectNode request) {
    return psp.instantPayments()
        .take(Json.bytes(SignedJson.sign(request, signer(AGENT))), AGENT)
        .trade();
  }

  /** Requests a payment, which then waits for approval. */
  Trade waiting(String orderNo, String amount) {
    return take(request("Q-" + orderNo, SHOP, orderNo, amount));
  }

  ApprovalRequest approval(Trade trade, String pin) {
    return new ApprovalRequest(
        "APPROVE", psp.approvals().show(trade.tradeNo(), PRINCIPAL_CALLER).digest(), pin);
  }

  Trade approve(Trade trade) {
    return psp.approvals().decide(trade.tradeNo(), approval(trade, PIN), PRINCIPAL_CALLER);
  }

  Trade paid(String orderNo, String amount) {
    return approve(waiting(orderNo, amount));
  }

  byte[] refundRequest(String id, String tradeNo, String amount, Did by) {
    var request =
        new PspMessages.RefundRequest(
            id, tradeNo, amount, "CNY", "test", now.get(), null, null, null);
    return Json.bytes(SignedJson.sign((ObjectNode) Json.tree(request), signer(by)));
  }

  byte[] fulfilment(Trade trade, String digest, Did by) {
    var bill = trade.terms().bill();
    var message =
        new PspMessages.FulfilmentConfirmation(
            "F-" + trade.tradeNo(),
            trade.tradeNo(),
            bill.orderNo(),
            bill.resourceId(),
            now.get(),
            digest,
            null,
            null,
            null);
    return Json.bytes(SignedJson.sign((ObjectNode) Json.tree(message), signer(by)));
  }

  String balance(String account) {
    return psp.ledger().find(account).orElseThrow().decimal();
  }

  long entries() {
    return world.jdbc().sql("select count(*) from psp_entry").query(Long.class).single();
  }

  @Override
  public void close() {
    peers.open();
    psp.close();
    peers.close();
    outbound.close();
    MigratedDatabase.close(pool);
  }

  private PspWorld world(String balance, String cardLimit) {
    var origin = peers.address("");
    return new PspWorld(
        new ParticipantContext(
            "test",
            PSP,
            now::get,
            World.ZONE,
            JdbcClient.create(statements),
            new Transactions(new TransactionTemplate(new JdbcTransactionManager(statements))),
            prefix -> prefix + "-" + ids.incrementAndGet(),
            journal::add,
            _ -> {},
            new NewestKey(PSP),
            this::publicKey,
            outbound,
            false,
            Attestations.NONE),
        new BackgroundTurns(),
        new PinStorage(PIN_SECRET, "bench keys", machine::get),
        new KnownPins(PIN_SECRET, "bench keys", List.of(PRINCIPAL), PIN),
        new Principals(List.of(PRINCIPAL), _ -> new Principal()),
        AGENT,
        did ->
            did.equals(SHOP) || did.equals(RAIL)
                ? Optional.of(
                    new Payee(
                        did,
                        did.name(),
                        did.equals(SHOP) ? "shop" : "train",
                        URI.create(origin + "/" + did.name())))
                : Optional.empty(),
        tradeNo -> URI.create("http://localhost/cashier/" + tradeNo),
        _ -> new PspWorld.Opening(Money.yuan(balance), Money.yuan(cardLimit), PIN),
        new PspWorld.Authority(
            STATUS, URI.create(origin + "/status/"), URI.create(origin + "/iacs/"), _ -> false),
        new NotificationChannels(
            endpoints,
            new WebhookSecrets(purpose -> new Hmac(new byte[32]).of(purpose)),
            outbound,
            _ -> true,
            text -> text),
        FormNotices.NONE,
        _ -> {});
  }

  /** Signs with a participant's newest key, as the key service does. */
  private final class NewestKey implements Signer {

    private final Did owner;

    private NewestKey(Did owner) {
      this.owner = owner;
    }

    @Override
    public String signerId() {
      return signer(owner).signerId();
    }

    @Override
    public SignatureType type() {
      return signer(owner).type();
    }

    @Override
    public byte[] sign(byte[] message) {
      return signer(owner).sign(message);
    }
  }

  URI statusAddress() {
    return URI.create(world.authority().statusLists() + "0");
  }

  /** Restarts the service with other parts, as mutants have them. */
  void restartWith(PspParts parts) {
    psp.close();
    psp = new Psp(world, parts);
  }

  private final class Principal implements PrincipalSigner {

    @Override
    public Did did() {
      return PRINCIPAL;
    }

    @Override
    public Signer release(PinCheckResult check) {
      if (!check.passed()) {
        throw new AssertionError("released without a passed check");
      }
      return signer(PRINCIPAL);
    }
  }

  /** Runs {@code task} {@code count} times at once and waits for all. */
  static void atOnce(int count, IntConsumer task) {
    // Platform threads take turns: H2 asks without a pause for a row that another has (ADR 132).
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
      var running =
          java.util.stream.IntStream.range(0, count)
              .mapToObj(i -> threads.submit(() -> task.accept(i)))
              .toList();
      for (var one : running) {
        one.get(30, TimeUnit.SECONDS);
      }
    } catch (InterruptedException
        | java.util.concurrent.ExecutionException
        | java.util.concurrent.TimeoutException failed) {
      throw new AssertionError(failed);
    }
  }
}
