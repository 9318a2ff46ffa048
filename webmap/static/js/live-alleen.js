/* The stream for a browser without shared workers: one per tab, by the same code. */
"use strict";

importScripts("./live-werker.js");

self.onmessage = ({ ports }) => self.onconnect({ ports });
