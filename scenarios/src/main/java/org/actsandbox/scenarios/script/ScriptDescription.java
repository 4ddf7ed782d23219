package org.actsandbox.scenarios.script;

import java.util.List;
import org.actsandbox.protocol.commerce.Text;

/**
 * Holds what a scenario file says about itself.
 *
 * @param title the title; empty texts when the file has none
 * @param why the reason why the scenario matters; empty texts when the file has none
 * @param theme merchants, payment, proofs, ...; {@code own} when the file has none
 * @param act the rules of ACT that the scenario shows
 * @param kills the names of the mutants (defective stand-ins) that the scenario must notice
 */
public record ScriptDescription(
    Text title, Text why, String theme, List<String> act, List<String> kills) {}
