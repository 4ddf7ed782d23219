package org.actsandbox.sandbox.mutant;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.StatusList;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;

/** Contains a probe for each defective delegation service. */
final class DelegationProbes {

  private DelegationProbes() {}

  static Map<String, Predicate<MutantTrial>> all() {
    return Map.of(
        "confirmation-of-anything",
        DelegationProbes::issuesAnUnseenDraft,
        "resumed-without-pin",
        DelegationProbes::resumesWithoutPin,
        "revoked-listed-as-active",
        DelegationProbes::listsARevokedOneAsActive,
        "issuance-denied",
        DelegationProbes::knowsNothingOfWhatItIssued);
  }

  /** Reads the first principal's authority as Lin, in a world with two principals. */
  static boolean anotherReads(MutantTrial mutantTrial) {
    var lin = bearer(mutantTrial.world.roleKey(Role.PRINCIPAL, Did.of("lin")));
    return mutantTrial.get("/delegations/iacs/" + issued(mutantTrial), lin).status() == 200;
  }

  private static boolean issuesAnUnseenDraft(MutantTrial mutantTrial) {
    AuthorityProbes.propose(mutantTrial, _ -> {});
    var decision =
        Json.object()
            .put("decision", "APPROVE")
            .put("pin", MutantTrial.PIN)
            .put("digest", "sha-256:other");
    return mutantTrial
            .post(AuthorityProbes.CONFIRMATION, Json.write(decision), mutantTrial.principal())
            .status()
        == 200;
  }

  private static boolean resumesWithoutPin(MutantTrial trial) {
    var at = "/delegations/iacs/" + issued(trial);
    var stopped = trial.post(at + "/suspend", "{}", trial.principal());
    assertThat(stopped.json().path("state").asString()).isEqualTo("Suspended");
    return trial.post(at + "/resume", "{}", trial.principal()).status() == 200;
  }

  private static boolean listsARevokedOneAsActive(MutantTrial mutantTrial) {
    var id = issued(mutantTrial);
    var revoked =
        mutantTrial.post("/delegations/iacs/" + id + "/revoke", "{}", mutantTrial.principal());
    assertThat(revoked.json().path("state").asString()).isEqualTo("Revoked");
    var list = mutantTrial.get("/delegations/status/0").json();
    return Json.read(list, StatusList.class)
        .at(revoked.json().path("status_list_index").asInt())
        .equals(Optional.of(DelegationState.ACTIVE));
  }

  private static boolean knowsNothingOfWhatItIssued(MutantTrial mutantTrial) {
    var issued = AuthorityProbes.issue(mutantTrial, _ -> {});
    var digest =
        RequestFingerprint.digest(
            issued.path("iac").asString().getBytes(StandardCharsets.US_ASCII));
    return mutantTrial
            .get(
                "/delegations/iacs/"
                    + issued.path("delegation_id").asString()
                    + "/status?iac_digest="
                    + digest)
            .status()
        == 404;
  }

  private static String issued(MutantTrial mutantTrial) {
    return AuthorityProbes.issue(mutantTrial, _ -> {}).path("delegation_id").asString();
  }
}
