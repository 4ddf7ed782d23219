package org.actsandbox.sandbox.control;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests the knowledge report over HTTP. */
class KnowledgeEndpointTests {

  static final SandboxServer server = SandboxServer.shared();

  World world;
  String api;
  String[] operator;

  @BeforeEach
  void makeWorld() {
    world = server.newWorld();
    api = "/api/worlds/" + world.name() + "/knowledge";
    operator = bearer(server.operator(world));
  }

  @Test
  void anAgentThatPostsItsPrincipalsAddressLeaksIt() {
    var agent = bearer(world.roleKey(Role.AGENT, null));
    server.post("/w/" + world.name() + "/psp/payments", "{\"note\":\"Wensan Road 90\"}", agent);

    var known = server.get(api, operator).json();

    assertThat(known.at("/leaks/0/participant").asString()).isEqualTo("did:act:sandbox-pay");
    assertThat(known.at("/leaks/0/datum").asString()).isEqualTo("address");
    assertThat(known.at("/leaks/0/trace/where").asString()).isEqualTo("request.note");
    assertThat(known.path("complete").asBoolean()).isTrue();
    var brief = server.get(api + "?leaks_only=true", operator).json();
    assertThat(brief.path("cells").size()).isZero();
    assertThat(brief.path("leaks")).isEqualTo(known.path("leaks"));
  }

  @Test
  void aParticipantKnowsWhatIsInItsTablesWithoutAMessage() {
    server.get("/w/" + world.name() + "/trust/head");
    keepsTheAddress(server.bean(JdbcClient.class));

    var leak = server.get(api, operator).json().at("/leaks/0");

    assertThat(leak.path("participant").asString()).isEqualTo("did:act:sandbox-trust");
    assertThat(leak.path("rule").asString()).isEqualTo("TSD-2");
    assertThat(leak.at("/trace/where").asString()).startsWith("kept in trust_record.record");
    assertThat(leak.at("/trace/from").isMissingNode()).isTrue();
  }

  /** The first reading finds nothing, and no entry of the journal tells of the change. */
  @Test
  void aTextThatComesLaterIntoATableIsKnownToo() {
    server.get("/w/" + world.name() + "/trust/head");
    assertThat(server.get(api, operator).json().path("leaks").size()).isZero();
    keepsTheAddress(server.bean(JdbcClient.class));

    assertThat(server.get(api, operator).json().path("leaks").size()).isEqualTo(1);
  }

  /** The table changes before the reading and is committed after it. */
  @Test
  void aTextThatWasNotCommittedBeforeIsKnownLater() {
    server.get("/w/" + world.name() + "/trust/head");
    var transactions = new TransactionTemplate(server.bean(PlatformTransactionManager.class));
    transactions.executeWithoutResult(
        _ -> {
          keepsTheAddress(server.bean(JdbcClient.class));
          assertThat(server.get(api, operator).json().path("leaks").size()).isZero();
        });

    assertThat(server.get(api, operator).json().path("leaks").size()).isEqualTo(1);
  }

  private void keepsTheAddress(JdbcClient database) {
    database
        .sql(
            "insert into trust_record (world, record_id, holder, event_type, intent_id, record)"
                + " values (?, 'E-kept', 'did:act:x', 'act:x', 'I-1', '{\"to\":\"Wensan Road 90\"}')")
        .param(world.partition())
        .update();
  }

  @Test
  void thePolicyIsThereToRead() {
    var policy = server.get(api + "/policy", operator).json();
    assertThat(policy.path("items").toString())
        .contains("\"party\":\"merchant\",\"datum\":\"budget\",\"rule\":\"CID-2\"");
    assertThat(policy.path("of_another_principal").toString())
        .contains("\"party\":\"you\",\"datum\":\"wishes\",\"rule\":\"CID-2\"");
  }

  @Test
  void refusesUnknownPurchasesAndOtherCallers() {
    assertThat(server.get(api + "?order_no=R-none", operator).status()).isEqualTo(404);
    assertThat(server.get(api + "?order_no=1&intent_id=2", operator).status()).isEqualTo(400);
    assertThat(server.get(api).status()).isEqualTo(401);
    assertThat(server.get(api, bearer(world.roleKey(Role.PRINCIPAL, null))).status())
        .isEqualTo(403);
  }
}
