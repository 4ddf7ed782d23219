package org.actsandbox.sandbox.credit;

import org.actsandbox.protocol.credit.MappingPolicy;
import tools.jackson.databind.JsonNode;

/**
 * The three traceable elements of a mapping, which stay together (ACT CRD-1): the statement's
 * reference, the value and the rule.
 */
public record MappedCredit(String assertionRef, JsonNode value, MappingPolicy policy) {}
