package org.actsandbox.sandbox.mutant.assembly;

import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.mutant.Mutant;
import org.actsandbox.sandbox.mutant.agent.AgentMutants;
import org.actsandbox.sandbox.mutant.credit.CreditMutants;
import org.actsandbox.sandbox.mutant.delegation.DelegationMutants;
import org.actsandbox.sandbox.mutant.dispute.DisputeMutants;
import org.actsandbox.sandbox.mutant.merchant.MerchantMutants;
import org.actsandbox.sandbox.mutant.psp.AuthorityMutants;
import org.actsandbox.sandbox.mutant.psp.PspMutants;
import org.actsandbox.sandbox.mutant.trust.TrustMutants;

/** Lists and finds all mutants. */
public final class Mutants {

  /**
   * Ours: limit of mutants in one world; with more of them, a result would say nothing about any.
   */
  static final int MAX_PER_WORLD = 8;

  private static final int SUGGESTIONS = 3;

  private static final Map<String, Mutant> BY_NAME = byName();

  private Mutants() {}

  public static List<Mutant> all() {
    return List.copyOf(BY_NAME.values());
  }

  public static Optional<Mutant> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /**
   * Checks the names in a request for a world.
   *
   * @throws Refusal {@code invalid_field}, with similar names
   */
  public static List<String> checked(List<String> names) {
    if (names.size() > MAX_PER_WORLD || new HashSet<>(names).size() < names.size()) {
      throw new Refusal(Problem.INVALID_FIELD, "too many stand-ins, or one of them twice")
          .at("mutants")
          .expected("at most " + MAX_PER_WORLD + " different names")
          .observed(names.size() + " names");
    }
    for (var name : names) {
      if (!BY_NAME.containsKey(name)) {
        throw new Refusal(Problem.INVALID_FIELD, "there is no such mutant")
            .at("mutants")
            .expected("one of GET /api/mutants, such as " + String.join(", ", suggestions(name)))
            .observed(name.length() > 60 ? name.substring(0, 60) + "…" : name);
      }
    }
    return List.copyOf(names);
  }

  private static List<String> suggestions(String name) {
    var words = List.of(name.substring(0, Math.min(60, name.length())).split("-", -1));
    return BY_NAME.keySet().stream()
        .sorted(comparingInt((String known) -> shared(words, known)).reversed())
        .limit(SUGGESTIONS)
        .toList();
  }

  /**
   * Counts the beginnings of words that both names share; names are made of words, so single
   * letters mean less.
   */
  private static int shared(List<String> words, String known) {
    int shared = 0;
    for (var word : words) {
      for (var other : known.split("-", -1)) {
        int same = 0;
        while (same < Math.min(word.length(), other.length())
            && word.charAt(same) == other.charAt(same)) {
          same++;
        }
        shared += same >= 3 ? same : 0;
      }
    }
    return shared;
  }

  private static Map<String, Mutant> byName() {
    var all = new ArrayList<Mutant>();
    all.addAll(MerchantMutants.ALL);
    all.addAll(PspMutants.ALL);
    all.addAll(AuthorityMutants.ALL);
    all.addAll(DelegationMutants.ALL);
    all.addAll(TrustMutants.ALL);
    all.addAll(AgentMutants.ALL);
    all.addAll(DisputeMutants.ALL);
    all.addAll(CreditMutants.ALL);
    var byName = new LinkedHashMap<String, Mutant>();
    for (var mutant : all) {
      if (byName.put(mutant.name(), mutant) != null) {
        throw new IllegalStateException("two mutants are named " + mutant.name());
      }
    }
    return byName;
  }
}
