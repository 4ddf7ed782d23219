package org.actsandbox.sandbox.alipay.seller;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Represents the answer of a page that is billed in Alipay's form.
 *
 * @param paymentNeeded the value of {@code Payment-Needed}, with each answer 402
 * @param paymentValidation the value of {@code Payment-Validation}, with a delivery
 */
public record ServicePageAnswer(
    int status,
    @Nullable String paymentNeeded,
    @Nullable String paymentValidation,
    @Nullable Integer retryAfterSeconds,
    JsonNode body) {}
