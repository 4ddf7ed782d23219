package org.actsandbox.sandbox.mutant;

import org.actsandbox.protocol.commerce.Text;

/**
 * A participant that does one thing wrong and looks honest otherwise.
 *
 * @param name words joined by hyphens
 * @param wrong what it does, in one sentence
 * @param rule the rule of the standard it breaks, or {@code Ours} where the standard is silent
 * @param defect how it comes about
 */
public record Mutant(String name, Text wrong, String rule, Defect defect) {

  public static Mutant of(String name, String en, String zh, String rule, Defect defect) {
    return new Mutant(name, new Text(en, zh), rule, defect);
  }

  /**
   * Whose place it takes: {@code merchant}, {@code psp}, {@code delegation}, {@code trust} or
   * {@code agent}.
   */
  public String participant() {
    return switch (defect) {
      case MerchantDefect _ -> "merchant";
      case PspDefect _ -> "psp";
      case DelegationDefect _ -> "delegation";
      case TrustDefect _ -> "trust";
      case AgentDefect _ -> "agent";
      case DisputeDefect _ -> "trust";
    };
  }
}
