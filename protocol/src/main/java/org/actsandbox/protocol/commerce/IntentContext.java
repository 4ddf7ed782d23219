package org.actsandbox.protocol.commerce;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the agent tells a merchant about the task (CID-2).
 *
 * @param explicitNeeds what the principal said; exactly one need per request
 * @param implicitNeeds what the agent added from the conversation
 * @param constraints such as {@code max_unit_price} when the principal allowed telling it; never
 *     the budget
 * @param background necessary background, such as the language
 * @param preferences only those permitted
 */
public record IntentContext(
    List<Need> explicitNeeds,
    @Nullable Map<String, String> implicitNeeds,
    @Nullable Map<String, String> constraints,
    @Nullable Map<String, String> background,
    @Nullable Map<String, String> preferences) {}
