package org.actsandbox.sandbox.mutant;

import org.actsandbox.protocol.commerce.Text;

/**
 * Describes a participant that does one thing wrong and seems honest otherwise.
 *
 * @param name words joined by hyphens
 * @param wrong description of the defect in one sentence
 * @param rule the rule of the standard that it breaks, or {@code Ours} where the standard has none
 * @param defect change that causes it
 */
public record Mutant(String name, Text wrong, String rule, Defect defect) {

  public static Mutant of(String name, String en, String zh, String rule, Defect defect) {
    return new Mutant(name, new Text(en, zh), rule, defect);
  }

  /**
   * Returns the participant that it replaces: {@code merchant}, {@code psp}, {@code delegation},
   * {@code trust}, {@code credit} or {@code agent}.
   */
  public String participant() {
    return switch (defect) {
      case MerchantDefect _ -> "merchant";
      case PspDefect _ -> "psp";
      case DelegationDefect _ -> "delegation";
      case TrustDefect _ -> "trust";
      case CreditDefect _ -> "credit";
      case AgentDefect _ -> "agent";
      case DisputeDefect _ -> "trust";
    };
  }
}
