package org.actsandbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.delegation.StatusList;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer.Answer;
import org.actsandbox.sandbox.fault.FaultRequest;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests the delegation service over HTTP, each test in a stopped world of its own. */
class DelegationHttpTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final String PIN = "246810";

  private final SandboxServer server = SandboxServer.shared();
  private World world;
  private String principal;
  private String agent;

  @BeforeEach
  void begin() {
    world = server.newWorld(NOW);
    principal = world.roleKey(Role.PRINCIPAL, null);
    agent = world.roleKey(Role.AGENT, null);
  }

  /** Checks ACT ADD-1.b and ADD-2.a. */
  @Test
  void asksOpenQuestionsThenShowsWhatItWouldPermit() {
    var draft = draft();
    draft.remove("max_total_amount");
    var asked = propose(draft).json();
    assertThat(asked.path("status").stringValue()).isEqualTo("open");
    assertThat(asked.path("open_questions").path(0).path("field").stringValue())
        .isEqualTo("max_total_amount");
    assertThat(asked.path("open_questions").path(0).path("question").path("zh").stringValue())
        .contains("多少");
    assertThat(decide("APPROVE", null, PIN).status()).isEqualTo(422);

    var answered = propose(draft()).json();
    assertThat(answered.path("status").stringValue()).isEqualTo("waiting");
    assertThat(answered.path("summary").toString()).contains("600.00 CNY").contains("火车票");
    assertThat(answered.path("confirmation_url").stringValue()).contains("/cashier/delegations/");
  }

  /** Checks ACT ADD-2.c and ADD-3. */
  @Test
  void onePinConfirmsAndIssuesWhatWasShown() {
    propose(draft());
    var shown = get("/delegations/intents/I-1/confirmation", principal).json();
    var decided = decide("APPROVE", shown.path("digest").stringValue(), PIN);
    assertThat(decided.status()).as(decided.text()).isEqualTo(200);
    var id = decided.json().path("delegation_id").stringValue();
    assertThat(id).isEqualTo(shown.path("content").path("delegation_id").stringValue());

    var compact =
        get("/delegations/iacs/" + id + "/credential", agent).json().path("iac").stringValue();
    var offline = KeySet.of(world.keys().publicKeys(World.PRINCIPAL));
    var iac = IacCodec.verify(compact, offline);
    assertThat(iac.controlProofRef()).isEqualTo(shown.path("digest").stringValue());
    assertThat(iac.payload().userConfirmationMethod()).isEqualTo("payment_pin");
    assertThat(iac.payload().userConfirmationTimestamp()).isEqualTo(NOW);
    assertThat(compact).doesNotContain("Harbin");

    var again = decide("APPROVE", shown.path("digest").stringValue(), PIN);
    assertThat(again.json().path("delegation_id").stringValue()).isEqualTo(id);
    assertThat(get("/delegations/iacs", principal).json().path("items").size()).isEqualTo(1);
  }

  @Test
  void agentsCannotDecideAndOnlyTheShownDraftIsApproved() {
    propose(draft());
    var digest = get("/delegations/intents/I-1/confirmation", principal).json().path("digest");
    assertThat(get("/delegations/intents/I-1/confirmation", agent).status()).isEqualTo(403);
    var body = decision("APPROVE", digest.stringValue(), PIN);
    assertThat(post("/delegations/intents/I-1/confirmation", body, agent).status()).isEqualTo(403);
    assertThat(decide("APPROVE", digest.stringValue(), "000000").status()).isEqualTo(401);
    assertThat(decide("APPROVE", "sha-256:other", PIN).status()).isEqualTo(409);

    // A new draft after the page was loaded: a confirmation of the old one is no longer valid.
    propose(draft().put("max_total_amount", 6000));
    assertThat(decide("APPROVE", digest.stringValue(), PIN).status()).isEqualTo(409);
    assertThat(get("/delegations/iacs", principal).json().path("items").size()).isZero();
  }

  @Test
  void declinedAndUndecidedIntentsEnd() {
    propose(draft());
    assertThat(decide("DECLINE", null, null).json().path("status").stringValue())
        .isEqualTo("declined");
    assertThat(propose(draft().put("max_total_amount", 5)).status()).isEqualTo(409);

    propose(draft().put("intent_id", "I-2"));
    advance(Duration.ofHours(24));
    assertThat(get("/delegations/intents/I-2", agent).json().path("status").stringValue())
        .isEqualTo("lapsed");
  }

  static Stream<Arguments> moves() {
    return Stream.of(
        arguments("suspend", "resume", "Active"),
        arguments("suspend", "revoke", "Revoked"),
        arguments("revoke", "revoke", "Revoked"));
  }

  /** Checks ACT ADD-7.d. */
  @ParameterizedTest
  @MethodSource("moves")
  void thePrincipalPausesResumesAndRevokes(String first, String second, String end) {
    var id = issue();
    assertThat(move(id, first, principal).status()).isEqualTo(200);
    assertThat(move(id, second, principal).json().path("state").stringValue()).isEqualTo(end);
    assertThat(listed(id)).contains(DelegationState.ofCode(end));
    assertThat(journal(id)).contains("delegation-issued").contains("delegation-" + first);
  }

  /** Checks that a paused authority resumes with the PIN only, and that wrong PINs are counted. */
  @Test
  void resumingTakesThePin() {
    var id = issue();
    move(id, "suspend", principal);
    var path = "/delegations/iacs/" + id + "/resume";
    assertThat(post(path, "{}", principal).status()).isEqualTo(400);
    assertThat(post(path, "", principal).status()).isEqualTo(400);
    for (int i = 0; i < 3; i++) {
      assertThat(post(path, "{\"pin\": \"000000\"}", principal).status()).isEqualTo(401);
    }
    assertThat(move(id, "resume", principal).status()).as("the right one, locked").isEqualTo(423);
    advance(Duration.ofMinutes(10));
    assertThat(move(id, "resume", principal).status()).as("the clock ends no lock").isEqualTo(423);
    assertThat(listed(id)).contains(DelegationState.SUSPENDED);
    assertThat(move(id, "revoke", principal).status()).as("stopping takes none").isEqualTo(200);
  }

  /** Checks ACT ADD-7.b and ADD-7.d. */
  @Test
  void theAgentMayGiveItBackButNotPauseIt() {
    var id = issue();
    assertThat(move(id, "suspend", agent).status()).isEqualTo(403);
    assertThat(move(id, "revoke", agent).json().path("changed_by").stringValue())
        .isEqualTo(World.AGENT.value());
    assertThat(move(id, "resume", principal).status()).isEqualTo(409);
  }

  /** Checks ACT ADD-7.b and ADD-7.c. */
  @Test
  void expiresByTheClockAndForGood() {
    var id = issue();
    advance(Duration.ofDays(4));
    assertThat(get("/delegations/iacs/" + id, principal).json().path("state").stringValue())
        .isEqualTo("Expired");
    // The status list has the states other than expiry; the credential itself has its end.
    assertThat(listed(id)).contains(DelegationState.REVOKED);
    assertThat(move(id, "resume", principal).status()).isEqualTo(409);
    assertThat(journal(id)).contains("delegation-expired");
  }

  @Test
  void thePaymentServiceIsToldAtOnce() {
    var id = issue();
    move(id, "suspend", principal);
    assertThat(journal(null)).contains("status-change").doesNotContain("status-change-not-told");
  }

  @Test
  void theServiceSaysWhoItIsWhenItReportsAChangeOrADecision() {
    var id = issue();
    move(id, "suspend", principal);
    assertThat(Json.parse(journal(null)).path("items").valueStream())
        .filteredOn(
            entry ->
                Set.of("status-change", "authority-decision")
                    .contains(entry.path("event").asString()))
        .isNotEmpty()
        .allMatch(entry -> entry.path("actor").asString().equals(World.DELEGATIONS.value()));
  }

  @Test
  void aChangeStaysValidWhenItCannotBeReported() {
    var id = issue();
    world
        .faults()
        .add(
            new FaultRequest(
                "error_status",
                World.PSP.name(),
                "POST /delegation-states",
                null,
                null,
                null,
                null,
                null));
    assertThat(move(id, "revoke", principal).json().path("state").stringValue())
        .isEqualTo("Revoked");
    assertThat(journal(id)).contains("status-change-not-told");
  }

  @Test
  void otherAgentsSeeNothingOfIt() {
    var id = issue();
    var merchant =
        world.roleKey(Role.MERCHANT, org.actsandbox.protocol.identity.Did.of("raileast"));
    assertThat(get("/delegations/iacs/" + id, merchant).status()).isEqualTo(403);
    assertThat(server.get(path("/delegations/iacs/" + id)).status()).isEqualTo(401);
    assertThat(get("/delegations/iacs/D-nothing", principal).status()).isEqualTo(404);
  }

  @Test
  void refusesAnotherAgentsNameAMisspeltLimitAndAChangedDraft() {
    assertThat(propose(draft().put("agent_id", "did:act:other")).status()).isEqualTo(403);
    var misspelt = draft();
    ((ObjectNode) misspelt.path("ext").path("commerce")).put("max_singel_amount", 5);
    assertThat(propose(misspelt).json().path("error").path("details").path("field").stringValue())
        .isEqualTo("isr.ext.commerce.max_singel_amount");
    var signed = signed(draft());
    ((ObjectNode) signed.path("isr")).put("max_total_amount", 9999);
    assertThat(post("/delegations/intents", Json.write(signed), agent).status()).isEqualTo(401);
  }

  /** ADD-7: Active is a credential inside its window. */
  @Test
  void beforeItsWindowItIsPendingAndNotActive() {
    var draft = draft();
    draft.put("validity_start_time", "2026-03-04T00:00:00Z");
    propose(draft);
    var digest = get("/delegations/intents/I-1/confirmation", principal).json().path("digest");
    var id =
        decide("APPROVE", digest.stringValue(), PIN).json().path("delegation_id").stringValue();
    assertThat(state(id)).isEqualTo("Pending");
    assertThat(listedAs("Active")).doesNotContain(id);
    assertThat(listedAs("Pending")).contains(id);
    assertThat(move(id, "suspend", principal).json().path("state").stringValue())
        .isEqualTo("Suspended");
    assertThat(move(id, "resume", principal).json().path("state").stringValue())
        .isEqualTo("Pending");
    advance(Duration.ofDays(2));
    assertThat(state(id)).isEqualTo("Active");
    assertThat(listedAs("Active")).contains(id);
  }

  private String state(String id) {
    return get("/delegations/iacs/" + id, principal).json().path("state").stringValue();
  }

  private String listedAs(String state) {
    return get("/delegations/iacs?state=" + state, principal).text();
  }

  /**
   * Checks that the digest is that of the content at context_ref, or the draft is refused. Checks
   * ACT ADD-1.d.
   */
  @Test
  void comparesTheDigestWithTheContentAtContextRef() {
    var here = "/dids/" + World.PRINCIPAL.value();
    var content = server.get(path(here)).text().getBytes(StandardCharsets.UTF_8);
    var address = world.base() + here;
    assertThat(context(address, content, null).json().path("context_check").stringValue())
        .isEqualTo("matches");
    assertThat(summary()).contains("was compared and matches");
    var other = "something else".getBytes(StandardCharsets.UTF_8);
    var refused = context(address, other, null);
    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.json().at("/error/details/field").stringValue())
        .isEqualTo("isr.conversation_history.user_intent_raw_digest");
    assertThat(context("voice:17", other, other).json().path("context_check").stringValue())
        .isEqualTo("matches");
    assertThat(context("voice:17", other, content).status()).isEqualTo(400);
  }

  @Test
  void callsNoForeignAddressAndSaysThatNothingWasCompared() throws IOException {
    try (var elsewhere = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      elsewhere.setSoTimeout(1);
      var foreign = "http://localhost:" + elsewhere.getLocalPort() + "/w/x/";
      for (var reference :
          List.of(
              foreign,
              world.base() + "/../../../elsewhere",
              world.base().toString().replace("://", "://a@") + "/dids",
              "C-1")) {
        var taken = context(reference, "words".getBytes(StandardCharsets.UTF_8), null);
        assertThat(taken.json().path("context_check").stringValue())
            .as(reference)
            .isEqualTo("unresolved");
      }
      assertThatThrownBy(elsewhere::accept).isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(summary()).contains("could not be compared");
  }

  private Answer context(String reference, byte[] digested, byte @Nullable [] handedAlong) {
    var draft = draft();
    draft
        .putObject("conversation_history")
        .put("context_ref", reference)
        .put("user_intent_raw_digest", RequestFingerprint.digest(digested));
    var message = Json.object();
    message.set("isr", draft);
    if (handedAlong != null) {
      message.put("context_content", Base64.getUrlEncoder().encodeToString(handedAlong));
    }
    message.put("timestamp", world.clock().instant().toString());
    return post(
        "/delegations/intents",
        Json.write(SignedJson.sign(message, world.signer(World.AGENT))),
        agent);
  }

  private String summary() {
    return get("/delegations/intents/I-1/confirmation", principal).text();
  }

  /**
   * Checks that the purchase is shown in words, confirmed with the digest, and signed. Checks ACT
   * ADD-2.b.
   */
  @Test
  void theConfirmationSaysWhatExactlyWouldBeBought() {
    propose(draft());
    var content = get("/delegations/intents/I-1/confirmation", principal).json().path("content");
    assertThat(content.at("/summary/1/text/zh").stringValue())
        .isEqualTo("上海到哈尔滨火车票 1 张，2026-03-05（周四），二等座，只买一次");
    var shown = content.at("/payload/ext/vendor_private/targets");
    assertThat(shown).isEqualTo(draft().at("/ext/vendor_private/targets"));
    var id = issue();
    var credential =
        get("/delegations/iacs/" + id + "/credential", principal).json().path("iac").stringValue();
    var signed = IacCodec.verify(credential, world.directory());
    assertThat(Json.tree(signed.payload()).at("/ext/vendor_private/targets")).isEqualTo(shown);
    assertThat(signed.payload().maxTotal().decimal()).isEqualTo("600.00");
  }

  /**
   * Checks that no cached list is used: in a stopped world, a minute of caching would never end.
   */
  @Test
  void theStatusListIsAskedForBeforeEachUse() {
    var id = issue();
    var first = server.get(path("/delegations/status/0"));
    assertThat(first.header("Content-Type")).startsWith("application/json");
    assertThat(first.header("Cache-Control")).isEqualTo("no-cache, public");
    var tag = first.header("ETag");
    var same = server.get(path("/delegations/status/0"), "If-None-Match", tag);
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.text()).isEmpty();

    assertThat(move(id, "revoke", principal).status()).isEqualTo(200);
    var other = server.get(path("/delegations/status/0"), "If-None-Match", tag);
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.header("ETag")).isNotEqualTo(tag);
    assertThat(listed(id)).contains(DelegationState.REVOKED);
  }

  private Optional<DelegationState> listed(String id) {
    var view = get("/delegations/iacs/" + id, principal).json();
    var raw = server.get(path("/delegations/status/0")).json();
    assertThat(SignedJson.verify(raw, world.directory())).isEqualTo(World.DELEGATIONS);
    assertThat(view.path("status_list").stringValue()).endsWith("/delegations/status/0");
    return Json.read(raw, StatusList.class).at(view.path("status_list_index").intValue());
  }

  private String issue() {
    propose(draft());
    var digest = get("/delegations/intents/I-1/confirmation", principal).json().path("digest");
    return decide("APPROVE", digest.stringValue(), PIN).json().path("delegation_id").stringValue();
  }

  private Answer propose(ObjectNode draft) {
    return post("/delegations/intents", Json.write(signed(draft)), agent);
  }

  private ObjectNode signed(ObjectNode draft) {
    var message = Json.object();
    message.set("isr", draft);
    message.put("timestamp", world.clock().instant().toString());
    return SignedJson.sign(message, world.signer(World.AGENT));
  }

  private static ObjectNode draft() {
    return (ObjectNode)
        Json.parse(
            """
            {"conversation_history": {"user_intent_raw": "A second-class ticket to Harbin"},
             "intent_id": "I-1", "delegation_mode": "SPECIFIED",
             "validity_start_time": "2026-03-02T00:00:00Z",
             "validity_end_time": "2026-03-06T00:00:00Z",
             "max_total_amount": 600, "currency": "CNY",
             "allowed_payment_methods": ["balance"], "agent_id": "did:act:demo-agent",
             "ext": {"commerce": {"allowed_categories": ["train"]},
               "vendor_private": {"targets": [{"kind": "train", "from": "Shanghai",
                 "to": "Harbin", "date": "2026-03-05", "seat_class": "second"}]}}}
            """);
  }

  private Answer decide(String decision, @Nullable String digest, @Nullable String pin) {
    return post(
        "/delegations/intents/I-1/confirmation", decision(decision, digest, pin), principal);
  }

  private static String decision(String decision, @Nullable String digest, @Nullable String pin) {
    var body = Json.object().put("decision", decision);
    if (digest != null) {
      body.put("digest", digest);
    }
    if (pin != null) {
      body.put("pin", pin);
    }
    return Json.write(body);
  }

  private Answer move(String id, String how, String key) {
    var pin = how.equals("resume") ? ", \"pin\": \"246810\"" : "";
    return post("/delegations/iacs/" + id + "/" + how, "{\"reason\": \"test\"" + pin + "}", key);
  }

  private void advance(Duration by) {
    var answer =
        server.post(
            "/api/worlds/" + world.name() + "/clock/advance",
            "{\"by\": \"" + by + "\"}",
            SandboxServer.bearer(server.operator(world)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private String journal(@Nullable String delegationId) {
    var query = delegationId == null ? "" : "&delegation_id=" + delegationId;
    return server
        .get(
            "/api/worlds/" + world.name() + "/journal?limit=200" + query,
            SandboxServer.bearer(server.operator(world)))
        .text();
  }

  private Answer get(String path, String key) {
    return server.get(path(path), SandboxServer.bearer(key));
  }

  private Answer post(String path, String body, String key) {
    return server.post(path(path), body, SandboxServer.bearer(key));
  }

  private String path(String path) {
    return "/w/" + world.name() + path;
  }
}
