package org.actsandbox.protocol.commerce;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The context of a task that the agent sends to a merchant (CID-2).
 *
 * @param explicitNeeds the principal's need; exactly one per request
 * @param implicitNeeds needs that the agent derived from the conversation: fields that the explicit
 *     need leaves open, as text
 * @param constraints bounds such as {@code max_unit_price}, if the principal permits to disclose
 *     them; never the budget
 * @param background necessary background, such as the language
 * @param preferences permitted preferences: fields of the need too, with less weight
 */
public record IntentContext(
    List<Need> explicitNeeds,
    @Nullable Map<String, String> implicitNeeds,
    @Nullable Constraints constraints,
    @Nullable Map<String, String> background,
    @Nullable Map<String, String> preferences) {}
