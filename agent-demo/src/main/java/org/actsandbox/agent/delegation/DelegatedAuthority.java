package org.actsandbox.agent.delegation;

/**
 * The authority a purchase rests on.
 *
 * @param iac compact VC-JWT, as it was issued
 */
public record DelegatedAuthority(String delegationId, String iac) {}
