package org.actsandbox.agent.delegation;

/**
 * Holds the delegation and its credential that a purchase rests on.
 *
 * @param iac the compact VC-JWT, as it was issued
 */
public record DelegatedAuthority(String delegationId, String iac) {}
