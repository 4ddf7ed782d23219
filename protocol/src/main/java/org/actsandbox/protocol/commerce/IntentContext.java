package org.actsandbox.protocol.commerce;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the agent tells a merchant about the task (CID-2).
 *
 * @param explicitNeeds what the principal said; exactly one need per request
 * @param implicitNeeds what the agent added from the conversation: fields of the need that it
 *     leaves open, as text
 * @param constraints such as {@code max_unit_price} when the principal allowed telling it; never
 *     the budget
 * @param background necessary background, such as the language
 * @param preferences only those permitted: fields of the need as well, and weaker
 */
public record IntentContext(
    List<Need> explicitNeeds,
    @Nullable Map<String, String> implicitNeeds,
    @Nullable Constraints constraints,
    @Nullable Map<String, String> background,
    @Nullable Map<String, String> preferences) {}
