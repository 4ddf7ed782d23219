package org.actsandbox.web.cli.gate;

import org.actsandbox.alipay.client.GatewayClient;

/**
 * Represents the application with which a gate sells in Alipay's profile.
 *
 * @param sellerId the merchant's number, sixteen digits
 * @param name the seller's name on bills
 */
record GateApplication(GatewayClient.Caller caller, String sellerId, String name) {}
