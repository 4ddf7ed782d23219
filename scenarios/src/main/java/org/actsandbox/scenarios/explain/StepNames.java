package org.actsandbox.scenarios.explain;

import org.actsandbox.protocol.commerce.Text;

/**
 * Names for a reader what a step writes as an id: participants, requests, faults and events. Who
 * shows steps to people knows the names; this module knows only the ids.
 */
public interface StepNames {

  /** Calls everything by its id, as the file does. */
  StepNames IDS =
      new StepNames() {
        @Override
        public Text participant(String id) {
          return Text.untranslated(id);
        }

        @Override
        public Text request(String method, String path) {
          return Text.untranslated(method + " " + path);
        }

        @Override
        public Text faultyRequest(String participant, String operation) {
          return Text.untranslated(operation);
        }

        @Override
        public Text fault(String name) {
          return Text.untranslated(name.replace('_', ' '));
        }

        @Override
        public Text event(String type) {
          return Text.untranslated(type);
        }
      };

  /** Names a participant by the last part of its DID, such as {@code raileast}. */
  Text participant(String id);

  /** Says whom a request asks for what; its path may contain {@code ${captured}} values. */
  Text request(String method, String path);

  /**
   * Says what a fault disturbs.
   *
   * @param operation method and path below the participant's address, such as {@code GET /status/*}
   */
  Text faultyRequest(String participant, String operation);

  /** Names a kind of fault by its code. */
  Text fault(String name);

  /** Names an event of the evidence, such as {@code act:commerce:cart-confirmed}. */
  Text event(String type);
}
