package org.actsandbox.scenarios.script;

import java.util.List;
import org.actsandbox.protocol.commerce.Text;

/**
 * What a scenario says about itself.
 *
 * @param title empty texts when the file has none; likewise the reason why it matters
 * @param theme merchants, payment, proofs, ...; {@code own} when the file has none
 * @param act the rules of ACT it shows
 * @param kills names of the defective stand-ins it has to notice
 */
public record ScriptDescription(
    Text title, Text why, String theme, List<String> act, List<String> kills) {}
