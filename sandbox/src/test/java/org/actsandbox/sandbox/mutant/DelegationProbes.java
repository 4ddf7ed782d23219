package org.actsandbox.sandbox.mutant;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.actsandbox.protocol.a402.Fingerprint;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.StatusList;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;

/** For each careless delegation service, what shows it. */
final class DelegationProbes {

  private DelegationProbes() {}

  static Map<String, Predicate<Trial>> all() {
    return Map.of(
        "confirmation-of-anything",
        DelegationProbes::issuesWhatNobodySaw,
        "revoked-listed-as-active",
        DelegationProbes::listsARevokedOneAsActive,
        "issuance-denied",
        DelegationProbes::knowsNothingOfWhatItIssued);
  }

  /** In a world of two: what the first gave. */
  static boolean anotherReads(Trial trial) {
    var lin = bearer(trial.world.roleKey(Role.PRINCIPAL, Did.of("lin")));
    return trial.get("/delegations/iacs/" + issued(trial), lin).status() == 200;
  }

  private static boolean issuesWhatNobodySaw(Trial trial) {
    AuthorityProbes.propose(trial, _ -> {});
    var decision =
        Json.object()
            .put("decision", "APPROVE")
            .put("pin", Trial.PIN)
            .put("digest", "sha-256:other");
    return trial
            .post(AuthorityProbes.CONFIRMATION, Json.write(decision), trial.principal())
            .status()
        == 200;
  }

  private static boolean listsARevokedOneAsActive(Trial trial) {
    var id = issued(trial);
    var revoked = trial.post("/delegations/iacs/" + id + "/revoke", "{}", trial.principal());
    assertThat(revoked.json().path("state").asString()).isEqualTo("Revoked");
    var list = trial.get("/delegations/status/0").json();
    return Json.read(list, StatusList.class)
        .at(revoked.json().path("status_list_index").asInt())
        .equals(Optional.of(DelegationState.ACTIVE));
  }

  private static boolean knowsNothingOfWhatItIssued(Trial trial) {
    var issued = AuthorityProbes.issue(trial, _ -> {});
    var digest =
        Fingerprint.digest(issued.path("iac").asString().getBytes(StandardCharsets.US_ASCII));
    return trial
            .get(
                "/delegations/iacs/"
                    + issued.path("delegation_id").asString()
                    + "/status?iac_digest="
                    + digest)
            .status()
        == 404;
  }

  private static String issued(Trial trial) {
    return AuthorityProbes.issue(trial, _ -> {}).path("delegation_id").asString();
  }
}
