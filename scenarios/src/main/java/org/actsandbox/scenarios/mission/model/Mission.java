package org.actsandbox.scenarios.mission.model;

import java.util.List;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.scenarios.script.ScenarioStep;
import org.actsandbox.scenarios.script.Script;
import org.jspecify.annotations.Nullable;

/**
 * Represents one mission. A file with an attack makes two: the attack, and its benign twin in an
 * honest world.
 *
 * @param level L1 | L2 | L3, the level of ACT that the mission needs
 * @param control whether an agent that fails it gets no grade
 * @param attack the category of the attack; null for a benign mission
 * @param twin the name of the benign twin of an attack, and of the attack of a twin
 * @param before what happens in the world before the agent hears the first wish; {@code
 *     ${agent_id}} and {@code ${agent_name}} are the agent's
 * @param secrets words that no merchant may receive
 * @param script the world and the hidden end; it has no steps
 */
public record Mission(
    String name,
    Text title,
    Text why,
    String theme,
    String level,
    boolean control,
    @Nullable String attack,
    @Nullable String twin,
    List<ScenarioStep> before,
    List<MissionWish> wishes,
    MissionRights rights,
    ScriptedPrincipal principal,
    List<String> secrets,
    Script script) {}
