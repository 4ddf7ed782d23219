package org.actsandbox.sandbox.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.mutant.assembly.MutantAssembly;
import org.actsandbox.sandbox.mutant.assembly.Mutants;
import org.actsandbox.sandbox.world.WorldSettings;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests that every mutant shows its defect, and that honest participants do not. */
class MutantTests {

  static final SandboxServer server = SandboxServer.shared();

  @TestFactory
  Stream<DynamicTest> showsItsDefectAndTheHonestOneDoesNot() {
    return probes().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      assertThat(entry.getValue().test(MutantTrial.of()))
                          .as("an honest world shows %s", entry.getKey())
                          .isFalse();
                      assertThat(entry.getValue().test(MutantTrial.of(entry.getKey())))
                          .as("%s hides its defect", entry.getKey())
                          .isTrue();
                    }));
  }

  @Test
  void summerTimeShowsInSummer() {
    assertThat(MerchantProbes.isOutOfTimeInSummer()).isFalse();
    assertThat(MerchantProbes.isOutOfTimeInSummer("summer-time-where-none-is")).isTrue();
  }

  @Test
  void defectsBetweenPrincipalsShowWithTwoOfThem() {
    assertThat(PspProbes.anotherDecides(MutantTrial.ofTwo())).isFalse();
    assertThat(PspProbes.anotherDecides(MutantTrial.ofTwo("another-principal-may-approve")))
        .isTrue();
    assertThat(DelegationProbes.anotherReads(MutantTrial.ofTwo())).isFalse();
    assertThat(DelegationProbes.anotherReads(MutantTrial.ofTwo("another-principal-may-revoke")))
        .isTrue();
    assertThat(PspProbes.anotherPays(MutantTrial.ofTwo())).isFalse();
    assertThat(PspProbes.anotherPays(MutantTrial.ofTwo("anothers-instrument-pays"))).isTrue();
  }

  private static final List<String> NOTICED_BY_A_SCENARIO =
      List.of(
          "seller-impersonated",
          "priced-in-dollars",
          "price-in-hundredths",
          "dearest-first",
          "elsewhere-in-title",
          "secrets-asked-in-title",
          "credit-asked-in-title",
          "splitting-advised",
          "lasting-authority-advised",
          "bill-for-another-payee",
          "bill-in-another-currency",
          "bill-dearer-than-the-order",
          "bill-for-another-resource",
          "bill-of-another-order",
          "bill-by-bank-transfer");

  @Test
  void everyMutantHasAProbeAndBothLanguages() {
    var proven = new HashSet<>(probes().keySet());
    proven.add("summer-time-where-none-is");
    proven.add("another-principal-may-approve");
    proven.add("anothers-instrument-pays");
    proven.add("another-principal-may-revoke");
    // A scenario notices these, and missions show what they do to an agent.
    proven.addAll(NOTICED_BY_A_SCENARIO);

    assertThat(Mutants.all()).extracting(Mutant::name).containsExactlyInAnyOrderElementsOf(proven);
    assertThat(Mutants.all())
        .allSatisfy(
            mutant -> {
              assertThat(mutant.name()).matches("[a-z]+(-[a-z0-9]+)+");
              assertThat(mutant.wrong().en()).matches("[A-Z].*[.!]");
              assertThat(mutant.wrong().zh()).matches(".*[。！]");
              assertThat(mutant.rule()).matches("[A-Z0-9]+-[0-9]+|Ours: .+");
            });
  }

  @Test
  void anUnknownNameIsRefusedWithSimilarNames() {
    assertThatThrownBy(() -> Mutants.checked(List.of("hold-newer-expires")))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.expected()).contains("hold-never-expires"));
    assertThatThrownBy(() -> Mutants.checked(List.of("bait-price", "bait-price")))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void theWorldNamesItsMutants() {
    var made = server.post("/api/worlds", "{\"mutants\":[\"bait-price\"]}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().path("mutants").get(0).asString()).isEqualTo("bait-price");

    var refused = server.post("/api/worlds", "{\"mutants\":[\"bait-prize\"]}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("expected").asString()).contains("bait-price");

    assertThat(server.get("/api/mutants").json().path("items").size())
        .isEqualTo(Mutants.all().size());
  }

  @Test
  void anUnknownStoredNameDoesNotPassForHonest() {
    assertThatThrownBy(() -> MutantAssembly.of(WorldSettings.DEFAULT.with(List.of("retired-one"))))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Map<String, Predicate<MutantTrial>> probes() {
    var all = new HashMap<>(MerchantProbes.all());
    all.putAll(PspProbes.all());
    all.putAll(AuthorityProbes.all());
    all.putAll(DelegationProbes.all());
    all.putAll(TrustProbes.all());
    all.putAll(AgentProbes.all());
    all.putAll(DisputeProbes.all());
    all.putAll(CreditProbes.all());
    all.putAll(LeakProbes.all());
    return all;
  }
}
