package org.actsandbox.protocol.credit;

/**
 * The rule that made a mapped value; values of two rules or versions are never compared (ACT
 * CRD-7).
 */
public record MappingPolicy(String id, String version) {}
