package org.actsandbox.sandbox.control.openapi;

import java.util.Arrays;
import java.util.regex.Pattern;

/** Groups the operations by path; the first tag that fits counts. */
enum OpenApiTag {
  WORLDS(
      "Worlds",
      "Makes, resets and deletes worlds, with their keys and outside agents.",
      "/api/worlds(/\\{world})?(/(agents|keys|reset|participants)(/.*)?)?"),
  CLOCK("Clock", "Stops, sets and advances the clock of a world.", "/api/worlds/.*/clock(/.*)?"),
  FAULTS(
      "Faults",
      "Orders faults and disturbances, and opens proxies that play them.",
      "/api/faults|/api/mutants|/api/worlds/.*/(faults|proxies|disturbances)(/.*)?"),
  JOURNAL(
      "Journal",
      "Reads and exports what happened in a world, and who has come to know what.",
      "/api/worlds/\\{world}/(journal|knowledge|shares|scenario|signature-diagnoses)(/.*)?|/schemas/.*"),
  ALIPAY(
      "Alipay",
      "Registers applications of Alipay's gateway, and serves that gateway and its cashier.",
      "/api/worlds/\\{world}/alipay/.*|/w/\\{world}/(gateway\\.do|openclawpay/.*)"),
  DISPUTES(
      "Disputes",
      "Opens disputes, asks the parties for evidence and tells them the finding.",
      ".*/disputes(/.*)?"),
  EVIDENCE(
      "Evidence",
      "Downloads and verifies evidence bundles, and tampers with records.",
      "/api/worlds/\\{world}/(orders|tampering)(/.*)?"),
  NOTIFICATIONS(
      "Notifications",
      "Keeps webhook endpoints of merchants and agents, and the log of their deliveries.",
      "(/api/worlds|/w)/\\{world}/(webhooks|deliveries)(/.*)?"),
  SERVER("Server", "Tells what the server is and whether it is well.", "/api/.*|/metrics"),
  BUYER_AGENT(
      "Buyer agent",
      "Talks with the sandbox's own buyer agent, and follows its tasks and watches.",
      "/w/\\{world}/agents/.*"),
  MCP(
      "Model Context Protocol",
      "Serves the tools of the world's agent to the hosts of other agents.",
      "/w/\\{world}/mcp"),
  DELEGATIONS(
      "Delegations",
      "Asks for an authority, confirms it, and suspends, resumes or revokes it (ADD).",
      "/w/\\{world}/delegations/.*"),
  CREDIT(
      "Credit association",
      "Ties agents to their principals' credit, and verifies it for relying parties (CRD).",
      "/w/\\{world}/credit(-issuer|-verifier)?/.*"),
  IDENTITIES(
      "Identities",
      "Publishes the DID documents of a world, and signs for its agent.",
      "/w/\\{world}/(dids(/.*)?|signatures)"),
  MERCHANTS(
      "Merchants",
      "Asks merchants for offers, confirms carts and fetches what was paid (CID, A402).",
      "/w/\\{world}/(merchants/.*|orders)"),
  WALLET(
      "Wallet",
      "Binds instruments, opens sub-accounts and reads statements (PSD-1, PSD-2).",
      "/w/\\{world}/psp/(bindings|instruments|ledger|pin|preferences|sub-accounts|wallet)(/.*)?"),
  PAYMENTS(
      "Payments",
      "Requests, approves and refunds payments, and verifies proofs (PSD-3 to PSD-8).",
      "/w/\\{world}/psp/.*"),
  TRUST(
      "Trust",
      "Reads and verifies attestation records and the chain of anchors (TSD).",
      "/w/\\{world}/trust/.*");

  private final String title;
  private final String description;
  private final Pattern paths;

  OpenApiTag(String title, String description, String paths) {
    this.title = title;
    this.description = description;
    this.paths = Pattern.compile(paths);
  }

  static OpenApiTag of(String path) {
    return Arrays.stream(values())
        .filter(each -> each.paths.matcher(path).matches())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no tag for " + path));
  }

  String title() {
    return title;
  }

  String description() {
    return description;
  }
}
